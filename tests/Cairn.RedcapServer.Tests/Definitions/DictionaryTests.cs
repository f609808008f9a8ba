using System.Text;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Tests.Definitions;

/// <summary>Data dictionaries as published and as sent: read, checked as a whole, and written in both forms.</summary>
public sealed class DictionaryTests
{
    private const string Headers = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic,required_field,custom_alignment,question_number,matrix_group_name,matrix_ranking,field_annotation\n";

    public static TheoryData<string> All => SharedProjects.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_from_XML_has_the_dictionary_that_was_downloaded(string project)
    {
        using TestServer server = SharedProjects.Serve(project);
        using ProjectSession session = server.Store.Read(server.Store.Projects().Single().Id, "owner");
        string expected = Encoding.UTF8.GetString(SharedProjects.Bytes(project, "dictionary.csv"));
        if (project == "validation-types-1")
        {
            // REDCap's XML has neither a slider's ends nor a query, and parts a checkbox's choices by a bare bar.
            expected = expected.Replace("\"-1 | 50 | 101\",,,-1,101", "\"-1 | 50 | 101\",,,,", StringComparison.Ordinal)
                .Replace("\"SELECT 1 as one;\"", "", StringComparison.Ordinal)
                .Replace("checkbox,Checkboxes,\"0, Zero | 1, One | 2, Two\"", "checkbox,Checkboxes,\"0, Zero|1, One|2, Two\"", StringComparison.Ordinal);
        }

        SharedProjects.Same(expected, Web(session.Project));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_dictionary_comes_out_as_it_went_in(string project) => RoundTrip(SharedProjects.Bytes(project, "dictionary.csv"));

    [Fact]
    public void The_other_published_dictionary_too() =>
        RoundTrip(File.ReadAllBytes(Path.Combine(SharedProjects.Folder, "redcap-api", "Demographics_TestProject_DataDictionary.csv")));

    [Fact]
    public void The_API_has_the_same_rows_under_its_own_headers()
    {
        Project project = Made(Headers + "record_id,demographics,,text,Record ID,,,,,,,,,,,,,\nage,demographics,About you,text,Age,,in years,integer,0,120,y,[record_id] > 1,y,LH,1a,,,@NOW\n");
        TextTable rows = DataDictionary.Rows(project, DataDictionary.ApiHeaders);
        Assert.Equal(Headers.Trim().Split(','), rows.Columns);
        Assert.Equal(["age", "demographics", "About you", "text", "Age", "", "in years", "integer", "0", "120", "y", "[record_id] > 1", "y", "LH", "1a", "", "", "@NOW"], rows.Rows[1].Select(v => v!));
        Assert.Equal("Demographics", project.Design.Forms.Single().Label);
    }

    [Fact]
    public void All_faults_are_told_at_once_by_their_cells()
    {
        DictionaryException told = Assert.Throws<DictionaryException>(() => Made(Headers +
            "record_id,one,,text,ID,,,,,,,,,,,,,\n" +
            "record_id,,,text,ID again,,,,,,,,,,,,,\n" +
            "2nd,two,,text,Second,,,,,,,,,,,,,\n" +
            "sex,two,,radio,Sex,,,,,,,,,,,,,\n" +
            "sum,one,,calc,Sum,,,,,,maybe,,,XX,,,,\n" +
            "when,one,,text,When,,,someday,,,,,,,,,,\n" +
            "thing,one,,nonsense,Thing,,,,,,,,,,,,,\n" +
            "box,one,,checkbox,Box,\"a, A | A, B\",,,,,,,,,,,,\n" +
            "box___a,one,,text,Column,,,integer,low,,,,,,,group,,\n" +
            "one_complete,one,,notes,Status,,,,5,,,,,,,,,\n"));
        string[] cells =
        [
            "A10:box___a", "A11:one_complete", "A3:record_id", "A4:2nd", "B3:", "B6:one", "D8:nonsense", "F5:sex", "F6:sum", "F9:a", "H7:someday", "I10:low", "I11:5", "K6:maybe",
            "N6:XX", "P10:group",
        ];
        Assert.Equal(cells, told.Faults.Select(f => $"{f.Cell}:{f.Value}").Order(StringComparer.Ordinal));
        Assert.Contains("Each row MUST have a form name, but the following cells have a form name missing: B3", told.Message);
        Assert.Contains("only appear once: record_id (A3)", told.Message);
    }

    [Theory]
    [InlineData("field_name,form_name,field_type\n", "E1")]
    [InlineData("field_name,form_name,field_type,field_label,extra\na,b,text,c,d\n", "E1")]
    [InlineData("field_name,form_name,field_type,field_label,Field Label\na,b,text,c,d\n", "E1")]
    [InlineData("field_name,form_name,field_type,field_label\n", "A2")]
    [InlineData("field_name,form_name,field_type,field_label\nrecord_id,a,notes,b\n", "C2")]
    public void A_table_that_is_no_dictionary_is_refused(string csv, string cell) =>
        Assert.Contains(cell, Assert.Throws<DictionaryException>(() => Made(csv)).Faults.Select(f => f.Cell));

    [Fact]
    public void Columns_may_come_in_any_order_and_cells_are_named_by_it()
    {
        DictionaryException told = Assert.Throws<DictionaryException>(() => Made("Field Label,Field Type,Form Name,Variable / Field Name\nID,text,one,record_id\nAge,number,one,age\n"));
        Assert.Equal("B3", Assert.Single(told.Faults).Cell);
    }

    [Fact]
    public void Matrix_groups_stand_together_with_one_list_of_choices()
    {
        DictionaryException told = Assert.Throws<DictionaryException>(() => Made(
            "field_name,form_name,field_type,field_label,select_choices_or_calculations,matrix_group_name\n" +
            "record_id,a,text,ID,,\nq1,a,radio,One,\"1, Yes | 0, No\",m\nq2,a,radio,Two,\"1, Yes | 2, Perhaps\",m\nq3,a,text,Three,,\nq4,a,radio,Four,\"1, Yes | 0, No\",m\n"));
        Assert.Equal(["F6", "E4"], told.Faults.Select(f => f.Cell));
    }

    [Fact]
    public void Fields_and_forms_that_stay_keep_what_is_stored_of_them()
    {
        Design old = TestDesign.Classic().Build();
        old = old with { Forms = [.. old.Forms.Select(f => f with { Label = "Label of " + f.Name, IsSurvey = true })] };
        Project project = new(1, 1, old);
        TextTable rows = DataDictionary.Rows(project, DataDictionary.WebHeaders);
        Design same = DataDictionary.Apply(rows, old);
        Assert.Equal(old.Fields.Select(f => (f.Name, f.Cell)), same.Fields.Select(f => (f.Name, f.Cell)));
        Assert.Equal(old.Forms, same.Forms);
        Assert.Equal(old.NextCell, same.NextCell);

        // "race" becomes text, which is stored otherwise; "visit" goes, "extra" comes.
        TextTable changed = rows with
        {
            Rows = [.. rows.Rows.Where(r => r[1] != "visit").Select(r => r[0] == "race" ? [r[0], r[1], "", "text", .. r[4..5], "", .. r[6..]] : r), ["new_one", "extra", "", "text", "New", .. new string?[13]]],
        };
        Design design = DataDictionary.Apply(changed, old);
        Assert.Equal(old.Fields.Single(f => f.Name == "sex").Cell, design.Fields.Single(f => f.Name == "sex").Cell);
        Assert.Equal(["race", "new_one"], design.Fields.Where(f => f.Cell >= old.NextCell).Select(f => f.Name));
        Assert.Equal(["Label of demographics", "Extra"], design.Forms.Select(f => f.Label));
        Assert.Equal(["demographics", "extra"], design.Users.Single().Rights.Forms.Keys);
    }

    [Fact]
    public void A_new_project_has_a_record_ID_an_event_and_a_user()
    {
        Design classic = NewProject.Blank(new ProjectSettings { Title = "New" }, "owner");
        Assert.Equal("record_id", classic.Fields.Single().Name);
        Assert.Equal("My First Instrument", classic.Forms.Single().Label);
        Assert.Equal("event_1_arm_1", classic.Events.Single().UniqueName);
        Assert.Empty(classic.FormEvents);
        Assert.True(classic.Users.Single().Rights.May("api_import"));
        Design longitudinal = NewProject.Blank(new ProjectSettings { Title = "New", Longitudinal = true }, "owner");
        Assert.Single(longitudinal.FormEvents);
    }

    [Fact]
    public void A_dictionary_with_characters_changed_is_taken_or_refused_with_cells()
    {
        string whole = Web(new Project(1, 1, TestDesign.Classic().Build()));
        var random = new Random(20240506);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            char[] changed = whole.ToCharArray();
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                changed[random.Next(changed.Length)] = random.Next(4) switch { 0 => ',', 1 => '"', 2 => (char)random.Next(1, 300), _ => changed[random.Next(changed.Length)] };
            }

            try
            {
                Assert.NotEmpty(Web(Made(new string(changed))));
            }
            catch (DataFormatException)
            {
                refused++;
            }
            catch (DictionaryException e)
            {
                refused++;
                Assert.All(e.Faults, f => Assert.Matches("^[A-Z]+[0-9]+$", f.Cell));
            }
        }

        Assert.InRange(refused, 500, 1999);
    }

    private static void RoundTrip(byte[] csv)
    {
        string text = Encoding.UTF8.GetString(csv);
        SharedProjects.Same(text, Web(Made(text)));
    }

    private static Project Made(string csv) => new(1, 1, NewProject.From(CsvText.Read(csv, ','), new ProjectSettings { Title = "Test" }, "owner"));

    private static string Web(Project project)
    {
        using var to = new StringWriter();
        DataDictionary.WriteWeb(project, to);
        return to.ToString();
    }
}
