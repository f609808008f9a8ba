namespace Cairn.RedcapServer.Logic;

/// <summary>What logic can come to.</summary>
public enum LogicKind
{
    Blank,
    Text,
    Number,
    TrueFalse,
}

/// <summary>
/// A value: blank, text, number, true or false. A blank that is a value (an unanswered question) and one for want of a result (a sum with an unanswered
/// question in it, an age without a date of birth) are the same to <c>=</c> and <c>&lt;&gt;</c>, and differ only before <c>&lt;</c> and its kin.
/// </summary>
public readonly struct LogicValue
{
    private readonly string? _text;
    private readonly double _number;
    private readonly Form _form;

    private LogicValue(Form form, string? text = null, double number = 0) => (_form, _text, _number) = (form, text, number);

    private enum Form : byte
    {
        Blank,
        NoResult,
        Text,
        PlainText,
        NumericText,
        Number,
        False,
        True,
    }

    public static LogicValue Blank => default;

    /// <summary>Blank because there was nothing to calculate with.</summary>
    public static LogicValue NoResult => new(Form.NoResult);

    public LogicKind Kind => _form switch
    {
        Form.Blank or Form.NoResult => LogicKind.Blank,
        Form.Number => LogicKind.Number,
        Form.False or Form.True => LogicKind.TrueFalse,
        _ => LogicKind.Text,
    };

    public bool IsBlank => _form <= Form.NoResult;

    internal bool IsNoResult => _form == Form.NoResult;

    /// <summary>The value as it is stored in a field: <c>""</c> when blank, <c>1</c> and <c>0</c> for true and false.</summary>
    public string Text => _form switch
    {
        Form.Blank or Form.NoResult => "",
        Form.Number => NumberText.Of(_number),
        Form.False => "0",
        Form.True => "1",
        _ => _text!,
    };

    /// <summary>Whether a condition that comes to this holds: true, a number other than 0, a text that is not blank and not 0.</summary>
    public bool IsTrue => _form switch
    {
        Form.True => true,
        Form.Blank or Form.NoResult or Form.False => false,
        _ => !TryNumber(out double number) || number != 0,
    };

    /// <summary>A stored value.</summary>
    public static LogicValue OfText(string? text) => string.IsNullOrEmpty(text) ? default : new LogicValue(Form.Text, text);

    /// <summary>A result; what is not a finite number is none.</summary>
    public static LogicValue OfNumber(double number) => double.IsFinite(number) ? new LogicValue(Form.Number, null, number) : NoResult;

    public static LogicValue OfTruth(bool truth) => new(truth ? Form.True : Form.False);

    /// <summary>Whether it looks like a number, and which.</summary>
    public bool TryNumber(out double number)
    {
        number = _number;
        switch (_form)
        {
            case Form.Number or Form.NumericText:
                return true;
            case Form.Text:
                return NumberText.TryRead(_text, out number);
            case Form.False or Form.True:
                number = _form == Form.True ? 1 : 0;
                return true;
            default:
                return false;
        }
    }

    public override string ToString() => Text;

    /// <summary>A text of the logic itself, which is compared many times: whether it is a number is found out once.</summary>
    internal static LogicValue Literal(string text) => text.Length == 0 ? default
        : NumberText.TryRead(text, out double number) ? new LogicValue(Form.NumericText, text, number)
        : new LogicValue(Form.PlainText, text);
}
