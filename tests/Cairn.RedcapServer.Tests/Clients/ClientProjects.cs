using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>Projects as large and of the same shape as those that the clients' own tests use; the definitions are ours.</summary>
internal static class ClientProjects
{
    private static readonly string[] VisitForms = ["patient_morale_questionnaire", "visit_lab_data", "visit_blood_workup", "visit_observed_behavior"];
    private static readonly string[] LastForms = [.. VisitForms, "completion_data"];
    private static readonly string[] FirstForms = ["demographics", "contact_info", "baseline_data"];

    private static ProjectSettings Plain { get; } = new() { Title = "Test", AutoNumbering = false };

    /// <summary>PyCap's simple project: one form, fifteen fields, two of them calculated, a group and a role.</summary>
    public static Design Simple()
    {
        TestDesign design = new TestDesign { Settings = Plain }.Form(
            "demographics", Named("study_id", "Study ID"), Text("first_name"), Text("last_name"), Text("address") with { Type = FieldType.Notes }, Text("telephone_1", "phone"), Text("email", "email"),
            Text("dob", "date_ymd"), Calc("age", "rounddown(datediff([dob],'today','y'))"), Radio("ethnicity", "0, No | 1, Yes | 2, Unknown"), Radio("race", "0, One | 1, Another | 2, Unknown"), Radio("sex", "0, Female | 1, Male"),
            Text("height", "number"), Text("weight", "integer"), Calc("bmi", "round(([weight]*10000)/(([height])^(2)),1)"), Notes("comments"));
        design.Dags.Add(new Dag(1, "Test DAG", "test_dag"));
        Design built = design.Build();
        return built with { Roles = [new Role("U-527D39JXAC", "Example Role", Rights.Full(["demographics"]))] };
    }

    /// <summary>Three records of it; the last has a name and a group only.</summary>
    public const string SimpleRecords = """
        study_id,redcap_data_access_group,first_name,last_name,address,telephone_1,email,dob,ethnicity,race,sex,height,weight,demographics_complete
        1,,Ada,Berg,"1 Main Street
        Town",(615) 255-4000,ada@example.org,1972-08-09,2,1,0,180,80,2
        2,,Ben,Corn,"2 High Street
        Town",(615) 255-4001,ben@example.org,1975-10-10,1,0,1,170,70,2
        3,test_dag,Cy,Dale,,,,,,,,,,0
        """;

    /// <summary>PyCap's long project: two arms of eight events, nine forms, 44 designations, a survey, a form that repeats.</summary>
    public static Design Long()
    {
        TestDesign design = new TestDesign { Settings = Plain with { SurveysEnabled = true } }
            .Form("demographics", Named("study_id", "Study ID"), Text("first_name"), Text("dob", "date_ymd"))
            .Form("contact_info", Text("contact_note"), Text("contact_email", "email"))
            .Form("baseline_data", Text("base_weight", "number"), Text("height", "number"))
            .Form("visit_lab_data", Text("prealb", "number"))
            .Form("patient_morale_questionnaire", Radio("pmq1", "0, 0 | 1, 1-5 | 2, Over 5"), Radio("pmq2", "0, Never | 1, Often"))
            .Form("visit_blood_workup", Text("vbw1"))
            .Form("completion_data", Text("comp_note"))
            .Form("completion_project_questionnaire", Text("cpq1"))
            .Form("visit_observed_behavior", Text("vob1"))
            .Event("Enrollment", 1, FirstForms);
        foreach (int visit in (int[])[1, 2, 3])
        {
            design.Event($"Dose {visit}", 1, "patient_morale_questionnaire").Event($"Visit {visit}", 1, VisitForms);
        }

        design.Event("Final visit", 1, LastForms)
            .Event("Enrollment", 2, FirstForms).Event("Deadline to opt out of study", 2, "contact_info").Event("First dose", 2, "patient_morale_questionnaire").Event("First visit", 2, VisitForms)
            .Event("Second dose", 2, "patient_morale_questionnaire").Event("Second visit", 2, VisitForms).Event("Final visit", 2, [.. LastForms, "completion_project_questionnaire"])
            .Event("Deadline to return feedback", 2, "completion_project_questionnaire")
            .Repeats("visit_blood_workup", "visit_1_arm_1");
        Design built = design.Build();
        return built with
        {
            Arms = [new Arm(1, "Drug A"), new Arm(2, "Drug B")],
            Events = [.. built.Events.Select(e => e with { UniqueName = $"{UniqueNames.Of(e.Name, new HashSet<string>())}_arm_{e.Arm}" })],
            Forms = [.. built.Forms.Select(f => f.Name == "contact_info" ? f with { IsSurvey = true, SurveyTitle = "Contact" } : f)],
        };
    }

    public const string LongRecords = """
        study_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,first_name,base_weight,pmq1,vbw1
        1,enrollment_arm_1,,,Ada,80,,
        1,visit_1_arm_1,,,,,1,
        1,visit_1_arm_1,visit_blood_workup,1,,,,first
        2,enrollment_arm_2,,,Ben,70,,
        """;

    /// <summary>PyCap's project for the examples in its documentation: two events, the first of which repeats, a file, a survey.</summary>
    public static Design Examples()
    {
        Design built = new TestDesign { Settings = Plain with { SurveysEnabled = true } }
            .Form("form_1", Named("record_id", "Record ID"), YesNo("field_1"), Checkbox("checkbox_field", "1, First | 2, Second"), File("upload_field"))
            .Event("Event 1", 1, "form_1").Event("Event 2", 1, "form_1").Repeats(null, "event_1_arm_1").Build();
        return built with
        {
            Forms = [.. built.Forms.Select(f => f with { Label = "Form 1", IsSurvey = true, SurveyTitle = "Form 1" })],
            Dags = [new Dag(1, "Test DAG", "test_dag")],
        };
    }

    public const string ExampleRecords = """
        record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,field_1,checkbox_field___1,checkbox_field___2,form_1_complete
        1,event_1_arm_1,,1,1,0,1,2
        2,event_1_arm_1,,1,0,0,0,0
        """;

    /// <summary>PHPCap's basic demography: a hundred records 1001 to 1100.</summary>
    public static Design Demography() => new TestDesign { Settings = Plain }
        .Form("demographics", Named("record_id", "Record ID"), Text("first_name", identifier: true), Text("last_name", identifier: true), Text("birthdate", "date_ymd"), Checkbox("race", "0, One | 1, Another | 2, Third"),
            Text("weight", "number"), Text("height", "number"), Calc("bmi", "round(([weight]*10000)/(([height])^(2)),1)"), Notes("comments"))
        .Build();

    public static string DemographyRecords { get; } = string.Join('\n', Enumerable.Range(1001, 100)
        .Select(id => $"{id},First{id},Last{id},{1950 + (id % 50)}-01-0{1 + (id % 9)},{id % 2},0,{60 + (id % 40)}.5,{150 + (id % 50)}")
        .Prepend("record_id,first_name,last_name,birthdate,race___0,race___1,weight,height"));

    /// <summary>PHPCap's longitudinal project: two arms, files, a survey, a report; records 1001 to 1100, each with four events.</summary>
    public static Design Longitudinal()
    {
        Design built = new TestDesign { Settings = Plain with { SurveysEnabled = true } }
            .Form("demographics", Named("study_id", "Study ID"), Text("age", "integer"), Text("ethnicity"), Text("race"), Text("sex"), Radio("gym", "0, No | 1, Yes"))
            .Form("contact_info", Text("phone", "phone"))
            .Form("baseline_data", Text("height", "number"), Text("weight", "number"), Text("bmi", "number"))
            .Form("lab_data", Text("lab_note"), File("patient_document"))
            .Event("Enrollment", 1, "demographics", "contact_info", "baseline_data").Event("Baseline", 1, "lab_data").Event("Visit 1", 1, "lab_data")
            .Event("Enrollment", 2, "demographics", "contact_info", "baseline_data").Event("Baseline", 2, "lab_data").Event("Visit 1", 2, "lab_data")
            .Build();
        return built with
        {
            Arms = [new Arm(1, "Drug A"), new Arm(2, "Drug B")],
            Forms = [.. built.Forms.Select(f => f.Name == "contact_info" ? f with { IsSurvey = true, SurveyTitle = "Contact" } : f)],
            Reports = [new Report { Id = 1, Title = "Baseline", Fields = ["study_id", "age", "ethnicity", "race", "sex", "gym", "bmi"], Events = ["enrollment_arm_1", "enrollment_arm_2"] }],
        };
    }

    public static string LongitudinalRecords { get; } = string.Join('\n', Enumerable.Range(1001, 100).SelectMany(id => (string[])
    [
        $"{id},enrollment_arm_{Arm(id)},{20 + (id % 60)},e{id % 3},r{id % 4},s{id % 2},{id % 2},{150 + (id % 50)},{60 + (id % 40)}.5,{20 + (id % 9)}.4,",
        $"{id},baseline_arm_{Arm(id)},,,,,,,,,b{id}",
        $"{id},visit_1_arm_{Arm(id)},,,,,,,,,v{id}",
    ]).Prepend("study_id,redcap_event_name,age,ethnicity,race,sex,gym,height,weight,bmi,lab_note"));

    /// <summary>PHPCap's project with repeating forms.</summary>
    public static Design Repeating()
    {
        Design built = new TestDesign { Settings = Plain }
            .Form("registration", Named("record_id", "Record ID"), Text("first_name"), Text("birthdate", "date_mdy"))
            .Form("weight", Text("weight_date", "date_mdy"), Text("weight_time", "time"), Named("weight_kg", "Weight (lbs.)") with { Validation = "number" })
            .Form("cardiovascular", Text("blood_pressure"))
            .Repeats("weight").Repeats("cardiovascular").Build();
        return built with { Repeats = [.. built.Repeats.Select(r => r.Form == "weight" ? r with { CustomLabel = "[weight_date] [weight_time]" } : r)] };
    }

    /// <summary>The project that REDCapR's tests read most: five records, a group of checkboxes, calculations, a file.</summary>
    public static Design Five() => new TestDesign { Settings = Plain }
        .Form("demographics", Named("record_id", "Study ID"), Text("name_first"), Text("name_last"), Notes("address"), Text("telephone", "phone"), Text("email", "email"), Text("dob", "date_ymd"),
            Calc("age", "rounddown(datediff([dob],'today','y'))"), Radio("sex", "0, Female | 1, Male"))
        .Form("health", Text("height", "number"), Text("weight", "integer"), Calc("bmi", "round(([weight]*10000)/(([height])^(2)),1)"), Notes("comments"), File("mugshot"))
        .Form("race_and_ethnicity", Checkbox("race", "1, One | 2, Another | 3, A third | 4, A fourth | 5, A fifth | 6, Unknown"), Radio("ethnicity", "0, Unknown | 1, No | 2, Yes"), Text("interpreter_needed"))
        .Build() with
    {
        Reports = [new Report { Id = 12, Title = "Mixed", Fields = ["record_id", "height", "health_complete", "address", "ethnicity"], Filter = "[ethnicity] = '1'" }],
    };

    public const string FiveRecords = """
        record_id,name_first,name_last,address,telephone,email,dob,sex,demographics_complete,height,weight,comments,health_complete,race___1,race___5,ethnicity,interpreter_needed,race_and_ethnicity_complete
        1,Ada,Berg,"1 Main Street
        Town",(615) 255-4000,ada@example.org,2003-08-30,0,2,7,1,"One line, with a comma",1,0,0,1,0,2
        2,Ben,Berg,"1 Main Street
        Town",(615) 255-4001,ben@example.org,2003-03-10,1,2,6,1,One line,0,0,0,1,1,0
        3,Cy,Corn,"2 High Street
        Town",(615) 255-4002,cy@example.org,1934-04-09,1,2,180,80,One line,2,0,1,0,,2
        4,Di,Dale,"3 High Street
        Town",(615) 255-4003,di@example.org,1952-11-02,0,2,165,54,"One line

        and another",0,0,0,1,,2
        5,Ed,Elm,"4 High Street
        Town",(615) 255-4004,ed@example.org,1955-04-15,1,2,193.04,104,"First

        Second",0,1,0,2,,2
        """;

    private static int Arm(int id) => id <= 1050 ? 1 : 2;

    private static Field Text(string name, string validation = "", bool identifier = false) => TestDesign.Text(name, validation, identifier);

    private static Field Named(string name, string label) => Text(name) with { Label = label };
}
