namespace Cairn.RedcapServer.Definitions;

/// <summary>The field types of a data dictionary. A signature is a <see cref="File"/> whose validation is <c>signature</c>.</summary>
public enum FieldType
{
    Text,
    Notes,
    Calc,
    Dropdown,
    Radio,
    Checkbox,
    YesNo,
    TrueFalse,
    File,
    Slider,
    Descriptive,
    Sql,
}

/// <summary>One choice of a field: its code as stored, its label as shown.</summary>
public readonly record struct Choice(string Code, string Label);

/// <summary>A row of the data dictionary. Texts are as they were written; blank is <c>""</c>.</summary>
public sealed record Field
{
    private (string Text, FieldType Type, IReadOnlyList<Choice> Choices)? _choices;

    /// <summary>Under which the field's values are stored: never used again, so that a renamed or moved field keeps its data and a deleted one's does not come back.</summary>
    public required int Cell { get; init; }

    public required string Name { get; init; }

    /// <summary>The unique name of its instrument.</summary>
    public required string Form { get; init; }

    public string SectionHeader { get; init; } = "";

    public FieldType Type { get; init; }

    public string Label { get; init; } = "";

    /// <summary><c>select_choices_or_calculations</c>: choices, a calculation, or a slider's labels.</summary>
    public string ChoicesOrCalculation { get; init; } = "";

    public string Note { get; init; } = "";

    /// <summary>A text field's validation type, in the words of the export (<c>date_ymd</c>, <c>number_1dp</c>).</summary>
    public string Validation { get; init; } = "";

    public string Minimum { get; init; } = "";

    public string Maximum { get; init; } = "";

    public bool Identifier { get; init; }

    public string BranchingLogic { get; init; } = "";

    public bool Required { get; init; }

    public string Alignment { get; init; } = "";

    public string QuestionNumber { get; init; } = "";

    public string MatrixGroup { get; init; } = "";

    public bool MatrixRanking { get; init; }

    public string Annotation { get; init; } = "";

    /// <summary>Attributes of the field in the project XML it came from that this server has no use for, and gives back.</summary>
    public IReadOnlyList<OdmAttribute> OtherAttributes { get; init; } = [];

    /// <summary>Has a column in an export of records.</summary>
    public bool HoldsData => Type != FieldType.Descriptive;

    public bool IsCheckbox => Type == FieldType.Checkbox;

    /// <summary>The choices, those of yes/no and true/false fields included; none for fields of free text. An <c>sql</c> field's are not known here.</summary>
    public IReadOnlyList<Choice> Choices
    {
        get
        {
            // A copy made by "with" carries what was remembered, so that it counts only for the same text.
            if (_choices is not { } known || !ReferenceEquals(known.Text, ChoicesOrCalculation) || known.Type != Type)
            {
                _choices = known = (ChoicesOrCalculation, Type, Type switch
                {
                    FieldType.YesNo => [new("1", "Yes"), new("0", "No")],
                    FieldType.TrueFalse => [new("1", "True"), new("0", "False")],
                    FieldType.Dropdown or FieldType.Radio or FieldType.Checkbox => ChoiceList.Read(ChoicesOrCalculation),
                    _ => [],
                });
            }

            return known.Choices;
        }
    }

    /// <summary>The label of a code; null when the field has no such choice.</summary>
    public string? LabelOf(string code)
    {
        foreach (Choice choice in Choices)
        {
            if (choice.Code == code)
            {
                return choice.Label;
            }
        }

        return null;
    }
}
