using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Tests;

/// <summary>Builds a project's definition in a few words: forms of fields, and for longitudinal projects events with their forms.</summary>
internal sealed class TestDesign
{
    private readonly List<Field> _fields = [];
    private readonly List<Form> _forms = [];
    private readonly List<Event> _events = [];
    private readonly List<FormEvent> _formEvents = [];
    private readonly List<Repeat> _repeats = [];
    private int _cell = 1;

    public ProjectSettings Settings { get; set; } = new() { Title = "Test" };

    public List<Dag> Dags { get; } = [];

    public TestDesign Form(string name, params Field[] fields)
    {
        foreach (Field field in fields)
        {
            _fields.Add(field with { Cell = _cell++, Form = name });
        }

        _forms.Add(new Form { Name = name, Label = char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '), StatusCell = _cell++, TimestampCell = _cell++ });
        return this;
    }

    /// <summary>Makes the project longitudinal; the events are of arm 1 unless said.</summary>
    public TestDesign Event(string name, int arm, params string[] forms)
    {
        Settings = Settings with { Longitudinal = true };
        var added = new Event { Id = 100 + _events.Count, Name = name, Arm = arm, UniqueName = $"{name.ToLowerInvariant().Replace(' ', '_')}_arm_{arm}", DayOffset = _events.Count };
        _events.Add(added);
        _formEvents.AddRange(forms.Select(f => new FormEvent(added.Id, f)));
        return this;
    }

    /// <summary>Lets a form, or with none the event, repeat; without an event, in the only one.</summary>
    public TestDesign Repeats(string? form, string? eventName = null)
    {
        _repeats.Add(new Repeat(eventName is null ? 100 : _events.Single(e => e.UniqueName == eventName).Id, form, ""));
        return this;
    }

    /// <summary>With the user "owner", who may do everything.</summary>
    public Design Build()
    {
        if (_events.Count == 0)
        {
            _events.Add(new Event { Id = 100, Name = "Event 1", Arm = 1, UniqueName = "event_1_arm_1" });
        }

        return new Design
        {
            Settings = Settings,
            Fields = _fields,
            Forms = _forms,
            Arms = [.. _events.Select(e => e.Arm).Distinct().Order().Select(a => new Arm(a, $"Arm {a}"))],
            Events = _events,
            FormEvents = _formEvents,
            Repeats = _repeats,
            Dags = Dags,
            Users = [new User { Name = "owner", Rights = Rights.Full(_forms.Select(f => f.Name)) }],
            NextCell = _cell,
        };
    }

    public static Field Text(string name, string validation = "", bool identifier = false) => new() { Cell = 0, Form = "", Name = name, Label = name.Replace('_', ' '), Validation = validation, Identifier = identifier };

    public static Field Notes(string name) => Text(name) with { Type = FieldType.Notes };

    public static Field Radio(string name, string choices) => Text(name) with { Type = FieldType.Radio, ChoicesOrCalculation = choices };

    public static Field Checkbox(string name, string choices) => Text(name) with { Type = FieldType.Checkbox, ChoicesOrCalculation = choices };

    public static Field YesNo(string name) => Text(name) with { Type = FieldType.YesNo };

    public static Field Calc(string name, string calculation) => Text(name) with { Type = FieldType.Calc, ChoicesOrCalculation = calculation };

    public static Field File(string name) => Text(name) with { Type = FieldType.File };

    /// <summary>One form "demographics" with text, number, date, radio, checkbox, yes/no, calculation and notes; a second form "visit".</summary>
    public static TestDesign Classic() => new TestDesign()
        .Form("demographics", Text("record_id"), Text("name", identifier: true), Text("age", "integer"), Text("weight", "number_1dp"), Text("dob", "date_ymd"), Radio("sex", "0, Female | 1, Male"),
            Checkbox("race", "1, White | 2, Asian | -4, Other"), YesNo("consent"), Calc("double_age", "[age]*2"), Notes("comments"))
        .Form("visit", Text("visit_date", "date_ymd"), Text("score", "integer"));

    /// <summary>Two arms; "enrolment" in both, "visit" at the second event of arm 1 and repeating there.</summary>
    public static TestDesign Longitudinal() => new TestDesign()
        .Form("enrolment", Text("study_id"), Text("name"), Checkbox("race", "1, White | 2, Asian"))
        .Form("visit", Text("visit_date", "date_ymd"), Text("score", "integer"))
        .Event("Enrolment", 1, "enrolment").Event("Visits", 1, "visit").Event("Enrolment", 2, "enrolment");

    /// <summary>"intake" once, "lab" any number of times.</summary>
    public static TestDesign Repeating() => new TestDesign()
        .Form("intake", Text("record_id"), Text("name"), Checkbox("race", "1, White | 2, Asian"))
        .Form("lab", Text("test"), Text("value", "number"))
        .Repeats("lab");
}
