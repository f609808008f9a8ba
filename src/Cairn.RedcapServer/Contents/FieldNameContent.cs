using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=exportFieldNames</c>: by which names fields go in exports and imports of records; one for each choice of a checkbox field, and the status of each form.
/// Files and descriptive texts have none; calculated fields where the server is told so. <c>field</c> picks one. Clients ask for it before almost every export, so that
/// nothing is logged.
/// </summary>
internal static class FieldNameContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("exportFieldNames", Export)];

    private static ApiAnswer Export(ApiContext context)
    {
        Project project = context.Project;
        string? asked = context.Call.Text("field")?.Trim();
        if (asked is not null && project.Field(asked) is null && project.FormOfStatus(asked) is null)
        {
            throw ApiRefusal.NotValid("field", [asked]);
        }

        return ApiAnswer.Table(
            context.Call, ("items", "item"), [new("original_field_name"), new("choice_value"), new("export_field_name")],
            Names(project, context.Options).Where(n => asked is null || n.Field == asked).Select(string?[] (n) => [n.Field, n.Choice, n.Name]));
    }

    private static IEnumerable<(string Field, string Choice, string Name)> Names(Project project, ServerOptions options)
    {
        foreach (Form form in project.Design.Forms)
        {
            foreach (Field field in project.FieldsOf(form.Name).Where(f => f.HoldsData && f.Type != FieldType.File && (f.Type != FieldType.Calc || options.CalcInFieldNames)))
            {
                if (!field.IsCheckbox)
                {
                    yield return (field.Name, "", field.Name);
                    continue;
                }

                foreach (Choice choice in field.Choices.Concat(project.MissingCodes))
                {
                    yield return (field.Name, choice.Code, ChoiceList.Column(field.Name, choice.Code));
                }
            }

            yield return (form.StatusField, "", form.StatusField);
        }
    }
}
