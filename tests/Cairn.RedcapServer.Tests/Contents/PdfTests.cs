using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Instruments on paper: that the file is sound, and what is on its pages.</summary>
public partial class PdfTests
{
    [Fact]
    public void All_instruments_blank()
    {
        using var server = new TestServer(Classic().Build());
        List<string[]> pages = Pages(server);
        Assert.Equal(2, pages.Count);
        Assert.Equal(["Test", "Demographics", "record id __________________________________", "name __________________________________"], pages[0][..4]);
        Assert.Contains("( ) Female", pages[0]);
        Assert.Contains("[ ] Asian", pages[0]);
        Assert.Equal(["Test", "Visit", "visit date __________________________________", "score __________________________________"], pages[1]);
    }

    [Fact]
    public void An_instrument_of_a_record_and_more_briefly()
    {
        using var server = new TestServer(Classic().Build());
        server.Import("record_id,name,age,sex,race___2,score,visit_complete\n1001,\"Ada (\"\"B\"\") \\ Žs—北\",20,1,1,7,2");
        Assert.Equal(["Test", "Visit", "record id 1001", "visit date __________________________________", "score 7", "Complete? Complete"], Assert.Single(Pages(server, "record=1001", "instrument=visit")));
        Assert.Equal(["Test", "Visit", "record id 1001", "score 7", "Complete? Complete"], Assert.Single(Pages(server, "record=1001", "instrument=visit", "compactDisplay=true")));
        Assert.Equal(
            ["Test", "Demographics", "record id 1001", "name Ada (\"B\") \\ Žs—?", "age 20", "sex", "(x) Male", "race", "[x] Asian", "double age 40", "Complete? Incomplete"],
            Assert.Single(Pages(server, "record=1001", "instrument=demographics", "compactDisplay=1")));
    }

    [Fact]
    public void Blank_compact_paper_is_smaller()
    {
        using var server = new TestServer(Classic().Build());
        Assert.True(Answer(server, "compactDisplay=true").Length < Answer(server).Length);
    }

    [Fact]
    public void All_records_on_a_page_for_each_instrument_and_instance()
    {
        using var server = new TestServer(Repeating().Build());
        server.Import("record_id,redcap_repeat_instrument,redcap_repeat_instance,name,test\n1,,,Ada,\n1,lab,1,,Iron\n1,lab,2,,Zinc\n2,,,Bob,");
        Assert.Equal(["Intake", "Lab #1", "Lab #2", "Intake"], Pages(server, "allRecords=anything", "record=1", "instrument=lab").Select(p => p[1]));
        Assert.Equal("test Zinc", Assert.Single(Pages(server, "record=1", "instrument=lab", "repeat_instance=2"))[3]);
        Assert.Equal(["Lab #1", "Lab #2"], Pages(server, "record=1", "instrument=lab").Select(p => p[1]));
    }

    [Fact]
    public void Events_are_told()
    {
        using var server = new TestServer(Longitudinal().Build());
        server.Import("study_id,redcap_event_name,name,score\n1,enrolment_arm_1,Ada,\n1,visits_arm_1,,7");
        Assert.Equal(["Enrolment - Enrolment", "Visit - Visits"], Pages(server, "record=1").Select(p => p[1]));
        Assert.Equal(["Visit - Visits"], Pages(server, "record=1", "event=visits_arm_1").Select(p => p[1]));
        Assert.Equal(["Visit - Visits"], Pages(server, "event=visits_arm_1").Select(p => p[1]));
        Assert.Equal((400, "ERROR: The following values in the parameter \"event\" are not valid: 'none'"), server.Call("content=pdf", "event=none", "format=csv"));
    }

    [Fact]
    public void What_may_not_be_exported_is_not_printed()
    {
        TestDesign design = Classic();
        design.Dags.Add(new Dag(7, "North", "north"));
        using var server = new TestServer(design.Build());
        server.Import("record_id,name,age\n1,Ada,20");
        server.Change(d => d with { Users = [d.Users[0] with { Rights = d.Users[0].Rights with { FormsExport = new Dictionary<string, int> { ["demographics"] = 3 } } }] });
        string[] page = Assert.Single(Pages(server, "record=1"));
        Assert.Contains("age 20", page);
        Assert.DoesNotContain("name Ada", page);
        server.Change(d => d with { Users = [d.Users[0] with { Dag = 7 }] });
        Assert.Equal((400, "ERROR: The record \"1\" does not exist"), server.Call("content=pdf", "record=1", "format=csv"));
        server.Change(d => d with { Users = [d.Users[0] with { Rights = d.Users[0].Rights with { FormsExport = new Dictionary<string, int> { ["demographics"] = 0 } } }] });
        Assert.Equal((403, "ERROR: You do not have Data Export privileges"), server.Call("content=pdf", "format=csv"));
    }

    [Fact]
    public void Long_texts_are_broken_and_go_on_over_pages()
    {
        var pdf = new PdfDocument("Long");
        string word = new('w', 300), text = string.Join(' ', Enumerable.Range(0, 3000)) + " " + word + "\nend";
        pdf.Line(text);
        List<string[]> pages = Pages(pdf.Write());
        Assert.True(pages.Count > 2);
        Assert.All(pages.SelectMany(p => p), line => Assert.InRange(line.Length, 1, 130));
        Assert.Equal(text.Replace("\n", " ", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), string.Concat(pages.SelectMany(p => p)).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("end", pages[^1][^1]);
    }

    /// <summary>Another program's opinion, where it is installed.</summary>
    [Fact]
    public void Poppler_reads_the_text()
    {
        using var server = new TestServer(Classic().Build());
        server.Import("record_id,name\n1,\"Zürich € (x)\"");
        string file = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(file, Answer(server, "record=1"));
            using var program = new Process { StartInfo = new("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 } };
            try
            {
                program.Start();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("pdftotext is not installed");
            }

            string text = program.StandardOutput.ReadToEnd(), errors = program.StandardError.ReadToEnd();
            Assert.Equal("", errors);
            Assert.Contains("name Zürich € (x)", text, StringComparison.Ordinal);
            Assert.Equal(2, text.Count(c => c == '\f'));
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static byte[] Answer(TestServer server, params string[] parameters)
    {
        (int status, string media, byte[] body) = server.Answer(null, ["content=pdf", "returnFormat=json", .. parameters]);
        Assert.Equal((200, "text/html; charset=UTF-8"), (status, media));
        return body;
    }

    private static List<string[]> Pages(TestServer server, params string[] parameters) => Pages(Answer(server, parameters));

    /// <summary>The lines of each page. Holds the file to its table of objects: each stands where the table says, and a stream is as long as it says.</summary>
    private static List<string[]> Pages(byte[] pdf)
    {
        string text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-1.4\n", text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", text, StringComparison.Ordinal);
        int table = int.Parse(StartXref().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        string[] entries = text[table..].Split('\n');
        Assert.Equal("xref", entries[0]);
        int count = int.Parse(entries[1].Split(' ')[1], CultureInfo.InvariantCulture);
        var objects = new Dictionary<int, string>();
        for (int i = 1; i < count; i++)
        {
            Assert.Equal(19, entries[2 + i].Length);
            int at = int.Parse(entries[2 + i][..10], CultureInfo.InvariantCulture);
            string head = $"{i} 0 obj\n";
            Assert.Equal(head, text.Substring(at, head.Length));
            objects[i] = text[(at + head.Length)..text.IndexOf("\nendobj\n", at, StringComparison.Ordinal)];
        }

        var pages = new List<string[]>();
        foreach (Match kid in Reference().Matches(Kids().Match(objects[2]).Value))
        {
            Match contents = Contents().Match(objects[Number(kid)]);
            Match stream = Stream().Match(objects[Number(contents)]);
            Assert.Equal(Number(stream), stream.Groups[2].Length);
            pages.Add([.. Shown().Matches(stream.Groups[2].Value).Select(m => Unescaped(m.Groups[1].Value))]);
        }

        Assert.Contains($"/Count {pages.Count} ", objects[2], StringComparison.Ordinal);
        return pages;
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Unescaped(string text) => Escape().Replace(text, "$1").Replace('\u0080', '€').Replace('\u008E', 'Ž').Replace('\u0097', '—');

    [GeneratedRegex("startxref\n([0-9]+)\n")]
    private static partial Regex StartXref();

    [GeneratedRegex("/Kids \\[[^]]*\\]")]
    private static partial Regex Kids();

    [GeneratedRegex("([0-9]+) 0 R")]
    private static partial Regex Reference();

    [GeneratedRegex("/Contents ([0-9]+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex("^<< /Length ([0-9]+) >>\nstream\n(.*)endstream$", RegexOptions.Singleline)]
    private static partial Regex Stream();

    [GeneratedRegex("\\(((?:[^()\\\\]|\\\\.)*)\\) Tj")]
    private static partial Regex Shown();

    [GeneratedRegex("\\\\(.)")]
    private static partial Regex Escape();
}
