using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=metadata</c>: the data dictionary; export (<c>fields</c> and <c>forms</c> pick, together), and import, which replaces the whole dictionary and answers how
/// many fields it has. What is wrong is told by the cells of a spreadsheet.
/// </summary>
internal static class MetadataContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("metadata", Export), ApiMethod.Import("metadata", Import)];

    private static ApiAnswer Export(ApiContext context)
    {
        Project project = context.Project;
        IReadOnlyList<string>? fields = context.Call.Optional("fields", f => project.Field(f) is not null);
        IReadOnlyList<string>? forms = context.Call.Optional("forms", f => project.Form(FormName(f)) is not null);
        HashSet<string>? named = fields?.ToHashSet(), whole = forms?.Select(FormName).ToHashSet();
        context.LogManage("Download data dictionary (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"), [.. DataDictionary.ApiHeaders.Select(h => new Column(h))],
            project.Design.Fields
                .Where(f => (named is null && whole is null) || named?.Contains(f.Name) == true || whole?.Contains(f.Form) == true)
                .Select(DataDictionary.Row));
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDevelopment();
        try
        {
            Design design = DataDictionary.Apply(context.Data(), context.Project.Design);
            context.Session.Save(design);
            context.LogManage("Upload data dictionary (API)");
            return ApiAnswer.Count(design.Fields.Count);
        }
        catch (DictionaryException e)
        {
            throw new ApiRefusal(e.Message);
        }
    }

    /// <summary>Some clients write the names of instruments as labels, with spaces.</summary>
    private static string FormName(string form) => form.Replace(' ', '_');
}
