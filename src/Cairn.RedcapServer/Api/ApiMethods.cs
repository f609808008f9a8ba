using System.Collections.Frozen;
using Cairn.RedcapServer.Contents;

namespace Cairn.RedcapServer.Api;

/// <summary>Every method of the API. A new content is a new file in Contents and a line here.</summary>
public static class ApiMethods
{
    private static readonly FrozenDictionary<(string Content, string Action), ApiMethod> Known = All().ToFrozenDictionary(m => (m.Content, m.Action));
    private static readonly FrozenSet<string> Contents = Known.Keys.Select(k => k.Content).ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<ApiMethod> All() =>
    [
        .. ProjectXmlContent.Methods,
        .. RecordContent.Methods,
        .. FieldNameContent.Methods,
        .. InstrumentContent.Methods,
        .. ArmContent.Methods,
        .. EventContent.Methods,
        .. MappingContent.Methods,
        .. RepeatContent.Methods,
        .. UserContent.Methods,
        .. RoleContent.Methods,
        .. UserMappings.Methods,
        .. DagContent.Methods,
        .. LogContent.Methods,
        .. ProjectContent.Methods,
        .. MetadataContent.Methods,
        .. ReportContent.Methods,
        .. FileContent.Methods,
        .. FileRepositoryContent.Methods,
        .. SurveyContent.Methods,
        .. PdfContent.Methods,
        .. VersionContent.Methods,
    ];

    /// <summary>The method a request asks for. Throws <see cref="ApiRefusal"/> when there is none.</summary>
    public static ApiMethod Of(ApiCall call)
    {
        string content = call.Text("content") ?? "";
        if (!Contents.Contains(content))
        {
            throw new ApiRefusal("The value of the parameter \"content\" is not valid");
        }

        return Known.GetValueOrDefault((content, ActionOf(call))) ?? throw new ApiRefusal("The value of the parameter \"action\" is not valid");
    }

    /// <summary>A request that names no action imports when it has data, and exports otherwise.</summary>
    public static string ActionOf(ApiCall call) => call.Text("action") ?? (call.Raw("data") is null ? "export" : "import");
}
