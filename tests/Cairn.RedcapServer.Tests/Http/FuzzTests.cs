using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Tests.Http;

/// <summary>Random bodies, data and calls get an answer or an error in the API's form, never anything else, and change nothing by half.</summary>
public sealed class FuzzTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 50_000 : 1_500;

    private static readonly string[] Bits =
    [
        "record_id", "name", "age", "race___1", "race____4", "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "1", "-4", "x", " ", "\t", "", "\uFEFF", "é", "\0", "]]>", "<![CDATA[", "<item>", "</item>", "<records>", "</records>",
        "<record_id>", "</record_id>", "&amp;", "&lt", "<!DOCTYPE a [<!ENTITY b \"b\">]>", "[", "]", "{", "}", ":", "null", "true", "1e999", "\\u0041", "[age] > 5", "and", "(", ")", "[", "'", "%", "%41", "%FF", "&", "=", "+",
        "redcap_event_name", "redcap_repeat_instance", "demographics_complete", "999999999999999999999", "../..", "\U0001F600",
    ];

    private static readonly string[] Names =
    [
        "format", "returnFormat", "type", "records", "records[0]", "fields[]", "fields", "forms", "events", "rawOrLabel", "rawOrLabelHeaders", "exportCheckboxLabel", "filterLogic", "dateRangeBegin", "dateRangeEnd", "csvDelimiter",
        "decimalCharacter", "data", "overwriteBehavior", "forceAutoNumber", "returnContent", "dateFormat", "action", "record", "new_record_name", "arm", "event", "instrument", "repeat_instance", "field", "folder_id", "doc_id", "override",
        "report_id", "logtype", "user", "beginTime", "endTime", "dag", "odm",
    ];

    private static readonly string[] Values =
    [
        "csv", "json", "xml", "odm", "flat", "eav", "label", "true", "TRUE", "False", "0", "import", "delete", "export", "rename", "switch", "list", "createFolder", "MDY", "overwrite", "ids", "auto_ids", "tab", "^", "1", "2", "visit", "demographics",
    ];

    [Fact]
    public void Data_of_any_kind_are_read_or_refused()
    {
        var random = new Random(1);
        for (int i = 0; i < Rounds * 4; i++)
        {
            string text = Some(random, Bits, 14);
            Only<DataFormatException>(() => CsvText.Read(text, random.Next(2) == 0 ? ',' : '\t'), text);
            Only<DataFormatException>(() => JsonText.Read(text), text);
            Only<DataFormatException>(() => XmlRows.Read(text), text);
            Only<ApiRefusal>(() => FormBody.UrlEncoded(Encoding.UTF8.GetBytes(text)), text);
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            Only<ApiRefusal>(() => FormBody.UrlEncoded(bytes), Convert.ToHexString(bytes));
        }
    }

    [Fact]
    public async Task Multipart_bodies_of_any_kind_are_read_or_refused()
    {
        string[] bits = ["--b", "--b--", "\r\n", "\n", "Content-Disposition: form-data; name=\"a\"", "Content-Disposition: form-data; name=\"file\"; filename=\"../x\"", "Content-Type: text/plain", "x", ":", "\"", ";", "\r\n\r\n", "\0"];
        var random = new Random(2);
        for (int i = 0; i < Rounds; i++)
        {
            string text = Some(random, bits, 12);
            try
            {
                ApiCall call = await FormBody.Read("multipart/form-data; boundary=b", new MemoryStream(Encoding.UTF8.GetBytes(text)), 1 << 20, CancellationToken.None);
                Assert.DoesNotContain('/', call.File?.Name ?? "");
            }
            catch (ApiRefusal)
            {
                // Said in the API's form.
            }
        }
    }

    [Fact]
    public void Calls_of_any_kind_are_answered()
    {
        var random = new Random(3);
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name,age\n1,Ann,20\n2,Bo,30\n");
        string[] contents = [.. ApiMethods.All().Select(m => m.Content).Distinct()];
        for (int i = 0; i < Rounds; i++)
        {
            var call = new List<KeyValuePair<string, string>> { new("token", TestServer.Token), new("content", contents[random.Next(contents.Length)]) };
            for (int n = random.Next(6); n > 0; n--)
            {
                call.Add(new(Names[random.Next(Names.Length)], random.Next(3) == 0 ? Some(random, Bits, 8) : Values[random.Next(Values.Length)]));
            }

            string shown = string.Join('&', call.Skip(1).Select(p => $"{p.Key}={p.Value}"));
            try
            {
                (int status, string body) = server.Send(new ApiCall(call));
                Assert.True(status is 200 or 400 or 403 or 404 or 406 or 501, $"{status} {body} for {shown}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{e} for {shown}");
            }
        }
    }

    private static string Some(Random random, string[] bits, int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => bits[random.Next(bits.Length)]));

    private static void Only<T>(Action act, string input)
        where T : Exception
    {
        try
        {
            act();
        }
        catch (T)
        {
            // Said in the API's form.
        }
        catch (Exception e)
        {
            Assert.Fail($"{e} for {input}");
        }
    }

    [Fact]
    public void A_short_text_that_would_make_a_huge_table_is_refused()
    {
        string wide = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"c{i}\":1"));
        Assert.Throws<DataFormatException>(() => JsonText.Read("[{" + wide + "}" + string.Concat(Enumerable.Repeat(",{}", 30_000)) + "]"));
        string columns = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<c{i}/>"));
        Assert.Throws<DataFormatException>(() => XmlRows.Read("<r><i>" + columns + "</i>" + string.Concat(Enumerable.Repeat("<i/>", 30_000)) + "</r>"));
    }
}
