using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Records;

/// <summary>Computes the calculated fields of records. A calculation that cannot be read has no value, nor has one whose result is no number.</summary>
internal sealed class Calculations
{
    private readonly Project _project;
    private readonly RecordLogic _logic;
    private readonly List<(Field Field, LogicExpression Calculation)> _calculations = [];

    public Calculations(Project project, User user, DateTime now)
    {
        _project = project;
        _logic = new RecordLogic(project, user, now);
        var names = new LogicNames(project);
        foreach (Field field in project.Design.Fields.Where(f => f.Type == FieldType.Calc))
        {
            try
            {
                _calculations.Add((field, LogicExpression.Parse(field.ChoicesOrCalculation, names)));
            }
            catch (LogicException)
            {
                // Such a field is blank on its form too; the dictionary took it.
            }
        }
    }

    /// <summary>Whether any value is another than before. A calculation may use one further up or down: values settle within as many rounds as there are calculations.</summary>
    public bool Compute(RecordData record)
    {
        bool any = false;
        for (int round = 0; round < _calculations.Count; round++)
        {
            bool changed = false;
            foreach ((Field field, LogicExpression calculation) in _calculations)
            {
                foreach (DataRow row in record.Rows.Where(r => ExportColumn.Applies(field.Form, r.Key, _project)))
                {
                    LogicValue result = _logic.Evaluate(calculation, record, row.Key);
                    string value = result.TryNumber(out _) ? result.Text : "";
                    if (row.Cells[field.Cell] != value)
                    {
                        row.Cells[field.Cell] = value;
                        changed = any = true;
                    }
                }
            }

            if (!changed)
            {
                break;
            }
        }

        return any;
    }
}
