using System.Text;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>The calls that papers on REDCap from SAS (PROC HTTP) show: bodies typed by hand, lists with blanks behind the commas, dates as Americans write them.</summary>
public sealed class SasExchangeTests : IAsyncLifetime
{
    private ClientServer _server = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _token = _server.Add(ClientProjects.Demography(), ClientProjects.DemographyRecords);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Records_are_exported_by_a_list_with_blanks_and_a_filter() =>
        Assert.Equal(
            "record_id,last_name,birthdate\n1001,Last1001,1951-01-03\n",
            (await Send("content=record&format=csv&type=flat&rawOrLabel=raw&fields=record_id, last_name, birthdate&filterLogic=[last_name]='Last1001' and [weight]>'60'")).Good);

    [Fact]
    public async Task Records_are_imported_with_dates_of_month_day_and_year()
    {
        Exchange import = await Send("content=record&format=csv&type=flat&overwriteBehavior=normal&dateFormat=MDY&returnContent=count&returnFormat=csv&data=record_id,birthdate\n1101,10-11-2018\n1102,10/12/2018\n");
        Assert.Equal("2", import.Good);
        Assert.Equal("birthdate\n2018-10-11\n2018-10-12\n", (await Send("content=record&format=csv&type=flat&records=1101, 1102&fields=birthdate")).Good);
    }

    [Fact]
    public async Task New_records_are_numbered()
    {
        await Send("content=project_settings&format=csv&data=record_autonumbering_enabled\n1");
        Assert.Equal("id\n\"1101,x\"\n", (await Send("content=record&format=csv&type=flat&forceAutoNumber=true&returnContent=auto_ids&returnFormat=csv&data=record_id,first_name\nx,A\n")).Good + "\n");
    }

    [Fact]
    public async Task The_dictionary_and_a_report_are_exported()
    {
        Assert.Equal(10, (await Send("content=metadata&format=csv&returnFormat=json")).Csv.Count);
        Assert.Equal(400, (await Send("content=report&format=csv&report_id=1")).Status);
    }

    private Task<Exchange> Send(string body) =>
        _server.Post("application/x-www-form-urlencoded", Encoding.UTF8.GetBytes($"token={_token}&{body}"), "SAS/9");
}
