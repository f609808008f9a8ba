using System.Globalization;
using Cairn.Core;

namespace Cairn.RedcapServer.Logic;

/// <summary>
/// What stands in brackets: <c>[field]</c>, <c>[field(code)]</c>, <c>[event][field]</c>, <c>[field][2]</c>, <c>[event][field][last-instance]</c>,
/// <c>[smart-variable]</c>. Brackets that belong together have nothing between them.
/// </summary>
internal sealed partial class LogicParser
{
    // A record has no more, and so many digits fit.
    private const int MostInstanceDigits = 9;

    private static readonly Dictionary<string, string> ExportColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["redcap_event_name"] = "event-name",
        ["redcap_data_access_group"] = "record-dag-name",
        ["redcap_repeat_instance"] = "current-instance",
        ["redcap_repeat_instrument"] = "instrument-name",
    };

    private LogicNode Reference()
    {
        List<LogicToken> brackets = [];
        do
        {
            brackets.Add(_token);
            Advance();
        }
        while (_token.Kind == LogicTokenKind.Bracket && _token.Start == brackets[^1].End);

        int field = brackets.Count == 3 || (brackets.Count == 2 && !IsInstance(brackets[1])) ? 1 : 0;
        if (brackets.Count > 3)
        {
            throw Error(brackets[3].Start, "more than three brackets together: the longest reference is [event][field][instance]");
        }

        (string? eventName, SmartVariable? smartEvent) = field == 0 ? (null, null) : Event(brackets[0]);
        InstanceRef instance = field + 1 < brackets.Count ? Instance(brackets[field + 1]) : default;
        if (SmartVariables.TryFind(brackets[field].Text, out SmartVariable smart))
        {
            return brackets.Count == 1 ? new SmartNode(smart)
                : throw Error(brackets[field].Start, $"[{brackets[field].Text}] is a smart variable and stands alone; an event or instance goes with a field");
        }

        (string name, string? code) = Field(brackets[field]);
        _namesEvents |= eventName is not null || smartEvent is not (null or SmartVariable.EventName);
        _fields.TryAdd(name, true);
        return new FieldNode(name, code, eventName, smartEvent == SmartVariable.EventName ? null : smartEvent, instance);
    }

    private static bool IsInstance(LogicToken bracket) =>
        (SmartVariables.TryFind(bracket.Text, out SmartVariable smart) && SmartVariables.Instance(smart) is not null)
        || (bracket.Text.Length > 0 && bracket.Text.All(char.IsAsciiDigit));

    private InstanceRef Instance(LogicToken bracket)
    {
        if (SmartVariables.TryFind(bracket.Text, out SmartVariable smart) && SmartVariables.Instance(smart) is { } kind)
        {
            return new InstanceRef(kind);
        }

        return IsInstance(bracket) && bracket.Text.Length <= MostInstanceDigits && int.Parse(bracket.Text, CultureInfo.InvariantCulture) is > 0 and int number
            ? new InstanceRef(InstanceKind.Number, number)
            : throw Error(bracket.Start, $"[{Shortened.Of(bracket.Text)}] is no instance: that is a number from 1, or [first-instance], [last-instance], "
                + "[previous-instance], [current-instance] or [next-instance]");
    }

    private (string? Name, SmartVariable? Smart) Event(LogicToken bracket)
    {
        if (SmartVariables.TryFind(bracket.Text, out SmartVariable smart) && SmartVariables.IsEvent(smart))
        {
            return (null, smart);
        }

        string name = bracket.Text.ToLowerInvariant();
        if (_names.IsEvent(name))
        {
            return (name, null);
        }

        string shown = Shortened.Of(bracket.Text);
        if (_names.IsField(name))
        {
            throw Error(bracket.End, $"an operator was expected after [{shown}], which is a field and no event");
        }

        string? near = DidYouMean.Of(name, _names.Events);
        throw Error(bracket.Start, _names.Events.Count == 0 ? $"[{shown}] is no event: the project is not longitudinal"
            : $"there is no event [{shown}]" + (near is null ? "" : $"; did you mean [{near}]?"));
    }

    private (string Name, string? Code) Field(LogicToken bracket)
    {
        string written = bracket.Text;
        int colon = written.LastIndexOf(':');
        if (colon > written.LastIndexOf(')'))
        {
            string plain = written[..colon];
            written = written[colon..].Equals(":value", StringComparison.OrdinalIgnoreCase) ? plain
                : throw Error(bracket.Start + 1 + colon, $"{Shortened.Of(written[colon..])} has no meaning in logic, which knows values as they are stored: "
                    + $"write [{Shortened.Of(plain)}]");
        }

        int open = written.IndexOf('(');
        if (open < 0)
        {
            return (Known(bracket, written), null);
        }

        string name = Known(bracket, written[..open]);
        if (!written.EndsWith(')'))
        {
            throw Error(bracket.Start + 1 + open, $"the parenthesis ( round the choice is not closed: [{name}(1)]");
        }

        string code = written[(open + 1)..^1].Trim();
        if (!_names.IsCheckbox(name))
        {
            throw Error(bracket.Start + 1 + open, $"{name} is not a checkbox field and has no choices to ask for: write [{name}] = '{Shortened.Of(code)}'");
        }

        return code.Length > 0 ? (name, code) : throw Error(bracket.Start + 1 + open, $"the code of a choice was expected: [{name}(1)]");
    }

    // The field's name as the project has it.
    private string Known(LogicToken bracket, string written)
    {
        string name = written.ToLowerInvariant();
        if (_names.IsField(name))
        {
            return !_names.IsCheckbox(name) || bracket.Text.Contains('(') ? name
                : throw Error(bracket.Start, $"{name} is a checkbox field: say which choice, as in [{name}(1)]");
        }

        throw Error(bracket.Start, UnknownField(written, name));
    }

    private string UnknownField(string written, string name)
    {
        string shown = Shortened.Of(written);
        if (_names.IsEvent(name) || (SmartVariables.TryFind(name, out SmartVariable smart) && SmartVariables.IsEvent(smart)))
        {
            return $"[{shown}] is an event, and the field follows it at once: [{shown}][field]";
        }

        if (ExportColumns.TryGetValue(written, out string? instead))
        {
            return $"{written} is a column of exports and no field; in logic it is [{instead}]";
        }

        int suffix = name.IndexOf("___", StringComparison.Ordinal);
        if (suffix > 0 && _names.IsCheckbox(name[..suffix]))
        {
            return $"[{shown}] is the name of a column; a choice of a checkbox field is written [{name[..suffix]}({Shortened.Of(name[(suffix + 3)..])})]";
        }

        if (name.Contains('-'))
        {
            string? smartNear = DidYouMean.Of(name, SmartVariables.All.Select(e => e.Name));
            return $"there is no smart variable [{shown}] in logic" + (smartNear is null ? "" : $"; did you mean [{smartNear}]?");
        }

        string? near = DidYouMean.Of(name, _names.Fields);
        return name.Length == 0 ? "the name of a field was expected between the brackets"
            : $"there is no field [{shown}]" + (near is null ? "" : $"; did you mean [{near}]?");
    }
}
