using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

/// <summary>
/// A record to evaluate logic at. Values are held under how a reference to them is written: <c>age</c>, <c>race(1)</c>, <c>baseline_arm_1/weight</c>,
/// <c>dose#2</c>, <c>dose#Last</c>.
/// </summary>
internal sealed class Sample : ILogicNames, ILogicContext
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["record_id"] = "1042",
        ["age"] = "61",
        ["n"] = "5",
        ["half"] = "2.50",
        ["zero"] = "0",
        ["minus"] = "-3",
        ["padded"] = "007",
        ["name"] = "Thiel",
        ["upper_name"] = "THIEL",
        ["full"] = "John Lee",
        ["email"] = "zlehnox@gmail.com",
        ["umlaut"] = "B\u00e4r \U0001F43B!",
        ["dob"] = "1980-02-29",
        ["visit"] = "2020-03-01",
        ["visit_dt"] = "2020-03-01 12:30",
        ["visit_dts"] = "2020-03-01 12:30:15",
        ["time"] = "08:15",
        ["later_time"] = "10:45",
        ["unk"] = "UNK",
        ["neg99"] = "-99",
        ["barcode"] = "12345678901234567890",
        ["race(1)"] = "1",
        ["race(2)"] = "0",
        ["race(-4)"] = "1",
        ["demographics_complete"] = "2",
        ["weight"] = "70",
        ["baseline_arm_1/weight"] = "68",
        ["visit_1_arm_1/weight"] = "72",
        ["baseline_arm_1/race(1)"] = "0",
        ["dose"] = "30",
        ["dose#1"] = "10",
        ["dose#2"] = "20",
        ["dose#First"] = "10",
        ["dose#Last"] = "40",
        ["dose#Previous"] = "20",
        ["dose#Next"] = "40",
        ["baseline_arm_1/dose#Last"] = "99",
    };

    private readonly Dictionary<SmartVariable, string> _smart = new()
    {
        [SmartVariable.RecordName] = "1042",
        [SmartVariable.EventName] = "visit_1_arm_1",
        [SmartVariable.EventNumber] = "2",
        [SmartVariable.FirstEventName] = "baseline_arm_1",
        [SmartVariable.PreviousEventName] = "baseline_arm_1",
        [SmartVariable.LastEventName] = "visit_1_arm_1",
        [SmartVariable.UserName] = "site_user",
        [SmartVariable.CurrentInstance] = "3",
        [SmartVariable.InstrumentName] = "demographics",
        [SmartVariable.IsSurvey] = "0",
    };

    public static readonly string[] Blanks = ["blank", "blank2", "blank3"];

    public IReadOnlyCollection<string> Fields { get; } =
    [
        "record_id", "age", "n", "half", "zero", "minus", "padded", "name", "upper_name", "full", "email", "umlaut", "dob", "visit", "visit_dt", "visit_dts", "time",
        "later_time", "unk", "neg99", "barcode", "race", "demographics_complete", "weight", "dose", .. Blanks,
    ];

    public IReadOnlyCollection<string> Events { get; init; } = ["baseline_arm_1", "visit_1_arm_1", "visit_2_arm_1"];

    public DateTime Now { get; init; } = new DateTime(2021, 6, 15, 14, 30, 20).AddTicks(1234567);

    public static bool IsTrue(string logic) => LogicExpression.Parse(logic, new Sample()).IsTrue(new Sample());

    public static string Text(string logic) => LogicExpression.Parse(logic, new Sample()).Evaluate(new Sample()).Text;

    public static LogicException Refused(string logic, Sample? sample = null) => Assert.Throws<LogicException>(() => LogicExpression.Parse(logic, sample ?? new Sample()));

    public Sample With(string reference, string value)
    {
        _values[reference] = value;
        return this;
    }

    public bool IsField(string name) => Fields.Contains(name);

    public bool IsCheckbox(string name) => name == "race";

    public bool IsEvent(string uniqueName) => Events.Contains(uniqueName);

    public string? Value(string field, string? checkboxCode, string? eventName, InstanceRef instance)
    {
        string reference = field;
        if (checkboxCode is not null || eventName is not null || instance.Kind != InstanceKind.Current)
        {
            string which = instance.Kind switch { InstanceKind.Current => "", InstanceKind.Number => "#" + instance.Number, _ => "#" + instance.Kind };
            reference = (eventName is null ? "" : eventName + "/") + field + (checkboxCode is null ? "" : $"({checkboxCode})") + which;
        }

        return _values.GetValueOrDefault(reference);
    }

    public string? Smart(SmartVariable variable) => _smart.GetValueOrDefault(variable);

    public bool IsMissingCode(string value) => value is "UNK" or "NASK" or "-99";
}
