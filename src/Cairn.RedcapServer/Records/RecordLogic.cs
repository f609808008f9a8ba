using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Records;

/// <summary>What logic sees of a project's records: one record, and of it one row at a time, whose event and instance are those at hand.</summary>
public sealed class RecordLogic(Project project, User user, DateTime now) : ILogicContext
{
    private readonly LogicExpression? _expression;
    private readonly Dictionary<int, IReadOnlyList<Event>> _arms = project.Design.Events.GroupBy(e => e.Arm).ToDictionary(g => g.Key, IReadOnlyList<Event> (g) => [.. g]);
    private RecordData _record = new("", null, project);
    private RowKey _key;

    public RecordLogic(LogicExpression expression, ApiContext context)
        : this(context.Project, context.User, context.Session.Now) => _expression = expression;

    public DateTime Now { get; } = now;

    /// <summary>Whether the expression this was made for holds at a row of a record.</summary>
    public bool IsTrue(RecordData record, RowKey at)
    {
        (_record, _key) = (record, at);
        return _expression!.IsTrue(this);
    }

    /// <summary>What an expression comes to at a row of a record.</summary>
    public LogicValue Evaluate(LogicExpression expression, RecordData record, RowKey at)
    {
        (_record, _key) = (record, at);
        return expression.Evaluate(this);
    }

    public bool IsMissingCode(string value)
    {
        foreach (Choice code in project.MissingCodes)
        {
            if (code.Code == value)
            {
                return true;
            }
        }

        return false;
    }

    public string? Value(string field, string? checkboxCode, string? eventName, InstanceRef instance)
    {
        if (field == project.RecordId.Name)
        {
            return _record.Name;
        }

        Field? defined = project.Field(field);
        Form? form = defined is null ? project.FormOfStatus(field) ?? FormOfTimestamp(field) : project.Form(defined.Form);
        int? eventId = eventName is null ? _key.EventId : project.Event(eventName)?.Id;
        if (form is null || eventId is null || Row(eventId.Value, form.Name, instance) is not { } row)
        {
            return checkboxCode is null ? "" : "0";
        }

        if (defined is null)
        {
            return field == form.StatusField ? row.Cells[form.StatusCell] is { Length: > 0 } status ? status : "0" : row.Cells[form.TimestampCell];
        }

        string value = row.Cells[defined.Cell];
        return checkboxCode is null ? value : Cells.IsChecked(value, Code(defined, checkboxCode)) ? "1" : "0";
    }

    public string? Smart(SmartVariable variable)
    {
        Event at = project.EventOf(_key.EventId);
        IReadOnlyList<Event> arm = _arms[at.Arm];
        int place = 0;
        while (arm[place].Id != at.Id)
        {
            place++;
        }

        Dag? recordDag = project.Dag(_record.Dag), userDag = project.Dag(user.Dag);
        return variable switch
        {
            SmartVariable.RecordName => _record.Name,
            SmartVariable.RecordDagId => Text(recordDag?.Id),
            SmartVariable.RecordDagName => recordDag?.UniqueName,
            SmartVariable.RecordDagLabel => recordDag?.Name,
            SmartVariable.UserName => user.Name,
            SmartVariable.UserDagId => Text(userDag?.Id),
            SmartVariable.UserDagName => userDag?.UniqueName,
            SmartVariable.UserDagLabel => userDag?.Name,
            SmartVariable.UserRoleName => user.Role,
            SmartVariable.UserRoleLabel => project.Role(user.Role)?.Label,
            SmartVariable.EventId => Text(at.Id),
            SmartVariable.EventName => at.UniqueName,
            SmartVariable.EventLabel => at.Name,
            SmartVariable.EventNumber => Text(place + 1),
            SmartVariable.FirstEventName => arm[0].UniqueName,
            SmartVariable.LastEventName => arm[^1].UniqueName,
            SmartVariable.PreviousEventName => place > 0 ? arm[place - 1].UniqueName : "",
            SmartVariable.NextEventName => place + 1 < arm.Count ? arm[place + 1].UniqueName : "",
            SmartVariable.ArmNumber => Text(at.Arm),
            SmartVariable.ArmLabel => project.Arm(at.Arm)?.Name,
            SmartVariable.CurrentInstance => _key.IsBase ? "" : Text(_key.Instance),
            SmartVariable.FirstInstance => Text(Instances(_key.EventId, _key.Form).FirstOrDefault()),
            SmartVariable.LastInstance => Text(Instances(_key.EventId, _key.Form).LastOrDefault()),
            SmartVariable.PreviousInstance => Text(Instances(_key.EventId, _key.Form).LastOrDefault(i => i < _key.Instance)),
            SmartVariable.NextInstance => Text(Instances(_key.EventId, _key.Form).FirstOrDefault(i => i > _key.Instance)),
            SmartVariable.InstrumentName => _key.Form,
            SmartVariable.InstrumentLabel => project.Form(_key.Form)?.Label,
            SmartVariable.IsForm => "0",
            SmartVariable.IsSurvey => "0",
            SmartVariable.ProjectId => Text(project.Id),
            _ => "",
        };
    }

    private static string Text(int? number) => number is null or 0 ? "" : number.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The code of a choice as the field has it: logic may write it in other letters.</summary>
    private static string Code(Field field, string written)
    {
        foreach (Choice choice in field.Choices)
        {
            if (string.Equals(choice.Code, written, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Code;
            }
        }

        return written;
    }

    private Form? FormOfTimestamp(string field) => field.EndsWith("_timestamp", StringComparison.Ordinal) ? project.Form(field[..^"_timestamp".Length]) : null;

    private DataRow? Row(int eventId, string form, InstanceRef instance)
    {
        bool repeatsForm = project.RepeatsForm(eventId, form);
        if (!repeatsForm && !project.RepeatsEvent(eventId))
        {
            return _record.Row(new RowKey(eventId, "", 0));
        }

        string holder = repeatsForm ? form : "";
        bool here = _key.EventId == eventId && _key.Form == holder;
        int wanted = instance.Kind switch
        {
            InstanceKind.Number => instance.Number,
            InstanceKind.First => Instances(eventId, holder).FirstOrDefault(),
            InstanceKind.Last => Instances(eventId, holder).LastOrDefault(),
            InstanceKind.Previous => here ? Instances(eventId, holder).LastOrDefault(i => i < _key.Instance) : 0,
            InstanceKind.Next => here ? Instances(eventId, holder).FirstOrDefault(i => i > _key.Instance) : 0,
            _ => here ? _key.Instance : 0,
        };
        return wanted == 0 ? null : _record.Row(new RowKey(eventId, holder, wanted));
    }

    private IEnumerable<int> Instances(int eventId, string form) =>
        _record.Rows.Where(r => r.Key.EventId == eventId && r.Key.Form == form && !r.Key.IsBase).Select(r => r.Key.Instance);
}
