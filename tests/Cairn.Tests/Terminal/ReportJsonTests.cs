using System.Text.Json;
using Cairn.Terminal;
using Xunit;

namespace Cairn.Tests.Terminal;

public class ReportJsonTests
{
    private static JsonElement Parsed()
    {
        using var to = new StringWriter();
        Json.Write(to, json => ReportJson.Write(json, SampleReport.Done()));
        return JsonDocument.Parse(to.ToString()).RootElement;
    }

    [Fact]
    public void Figures_are_by_name_with_natural_values() => Assert.Equal(
        """{"bundle_rows":15553,"unmatched_ids":4,"first_kept":"00000140","provider":{"Birds":23401,"Botany":9257341,"null":1},"unmatched":[{"barcode":"00588658","note":null},{"barcode":"00323691","note":"a\tb"}]}""",
        JsonSerializer.Serialize(Parsed().GetProperty("figures")));

    [Fact]
    public void The_members_promised_are_there() => Assert.Equal(
        ["flow", "balanced", "figures", "differences", "accounts", "checks", "findings", "writes", "inputs", "outputs", "refused", "times", "seconds"],
        Parsed().EnumerateObject().Select(m => m.Name));

    [Fact]
    public void An_account_is_given_as_it_was_counted()
    {
        JsonElement single = Parsed().GetProperty("accounts").EnumerateArray().Single(a => a.GetProperty("table").GetString() == "single");
        Assert.Equal(
            """{"table":"single","in":[{"reason":"matched","rows":18823}],"added":[],"gone":[{"reason":"repeated key","rows":6517},{"reason":"not of its type","rows":1}],"out":12305,"balances":true,"beside":[],"opaque":false,"fused":false,"counted_only":false,"seconds":0}""",
            JsonSerializer.Serialize(single));
    }

    [Fact]
    public void A_figure_that_differs_says_what_was_expected() => Assert.Equal(
        """[{"figure":"unmatched_ids","value":4,"expected":3}]""", JsonSerializer.Serialize(Parsed().GetProperty("differences")));

    [Fact]
    public void Writes_and_outputs_name_paths_rows_and_hashes()
    {
        JsonElement write = Parsed().GetProperty("writes")[0];
        Assert.Equal("/data/out/result.tsv", write.GetProperty("path").GetString());
        Assert.Equal("""[["00000140","stained",null],["00000162","unstained","http://n2t.net/ark:/65665/m3ce233bf5-d0e1-4967"]]""", JsonSerializer.Serialize(write.GetProperty("preview")));
        Assert.Equal(JsonValueKind.Null, write.GetProperty("replaces").ValueKind);
        Assert.Equal(279_986, Parsed().GetProperty("writes")[1].GetProperty("replaces").GetProperty("bytes").GetInt64());
        Assert.Equal(new string('b', 64), Parsed().GetProperty("outputs")[0].GetProperty("sha256").GetString());
    }
}
