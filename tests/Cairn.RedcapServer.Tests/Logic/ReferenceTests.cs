using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

public class ReferenceTests
{
    [Theory]
    [InlineData("[AGE]", "61")]
    [InlineData("[age:value]", "61")]
    [InlineData("[race(1)]", "1")]
    [InlineData("[Race(2)]", "0")]
    [InlineData("[race(-4)]", "1")]
    [InlineData("[race( 1 )]", "1")]
    [InlineData("[race(9)]", "")]
    [InlineData("[baseline_arm_1][weight]", "68")]
    [InlineData("[Baseline_Arm_1][race(1)]", "0")]
    [InlineData("[event-name][weight]", "70")]
    [InlineData("[first-event-name][weight]", "68")]
    [InlineData("[previous-event-name][weight]", "68")]
    [InlineData("[next-event-name][weight]", "")]
    [InlineData("[visit_2_arm_1][weight]", "")]
    [InlineData("[dose]", "30")]
    [InlineData("[dose][1]", "10")]
    [InlineData("[dose][2]", "20")]
    [InlineData("[dose][first-instance]", "10")]
    [InlineData("[dose][last-instance]", "40")]
    [InlineData("[dose][previous-instance]", "20")]
    [InlineData("[dose][next-instance]", "40")]
    [InlineData("[dose][current-instance]", "30")]
    [InlineData("[dose][7]", "")]
    [InlineData("[baseline_arm_1][dose][last-instance]", "99")]
    [InlineData("[record-name]", "1042")]
    [InlineData("[user-name]", "site_user")]
    [InlineData("[current-instance] + 1", "4")]
    [InlineData("[form-name]", "demographics")]
    [InlineData("[record-dag-name]", "")]
    [InlineData("[event-number] * 2", "4")]
    public void A_reference_finds_its_value(string reference, string expected) => Assert.Equal(expected, Sample.Text(reference));

    [Theory]
    [InlineData("[age] = 1", false)]
    [InlineData("[event-name] = 'baseline_arm_1'", false)]
    [InlineData("[event-name][age] = 1", false)]
    [InlineData("[baseline_arm_1][age] = 1", true)]
    [InlineData("[age] = 1 or [baseline_arm_1][age] = 1", true)]
    [InlineData("[first-event-name][age] = 1", true)]
    [InlineData("[previous-event-name][dose][2] = 1", true)]
    public void It_is_known_whether_an_event_is_named(string logic, bool named) => Assert.Equal(named, LogicExpression.Parse(logic, new Sample()).NamesEvents);

    [Fact]
    public void The_fields_are_known() => Assert.Equal(
        ["age", "race", "dob", "weight"],
        LogicExpression.Parse("[Age] = 1 and [race(1)] = '1' and datediff([dob], [dob], 'd') > [baseline_arm_1][weight] + [AGE] + [record-name]", new Sample()).Fields);

    [Fact]
    public void Names_are_those_of_the_project()
    {
        var design = new Design
        {
            Fields =
            [
                new Field { Cell = 1, Name = "record_id", Form = "intake" },
                new Field { Cell = 2, Name = "gym", Form = "intake", Type = FieldType.Checkbox },
                new Field { Cell = 3, Name = "about", Form = "intake", Type = FieldType.Descriptive },
            ],
            Forms =
            [
                new Form { Name = "intake", Label = "Intake", StatusCell = 4, TimestampCell = 5, IsSurvey = true },
                new Form { Name = "end", Label = "End", StatusCell = 6, TimestampCell = 7 },
            ],
            Events = [new Event { Id = 1, Name = "Event 1", Arm = 1, UniqueName = "event_1_arm_1" }],
        };
        var classic = new LogicNames(new Project(1, 1, design));
        var longitudinal = new LogicNames(new Project(1, 1, design with { Settings = new ProjectSettings { Longitudinal = true } }), timestamps: false);

        Assert.Equal(["record_id", "gym", "intake_complete", "end_complete", "intake_timestamp"], classic.Fields);
        Assert.All(classic.Fields, f => Assert.True(classic.IsField(f)));
        Assert.Equal(["record_id", "gym", "intake_complete", "end_complete"], longitudinal.Fields);
        Assert.All<(string Name, bool InClassic, bool InLongitudinal)>(
            [("about", false, false), ("intake_timestamp", true, false), ("end_timestamp", false, false), ("none_complete", false, false)],
            f => Assert.Equal((f.InClassic, f.InLongitudinal), (classic.IsField(f.Name), longitudinal.IsField(f.Name))));
        Assert.True(classic.IsCheckbox("gym") && !classic.IsCheckbox("record_id"));
        Assert.True(longitudinal.IsEvent("event_1_arm_1") && !classic.IsEvent("event_1_arm_1") && classic.Events.Count == 0);
    }
}
