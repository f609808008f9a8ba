using Cairn.RedcapServer.Api;

namespace Cairn.RedcapServer.Contents;

/// <summary><c>content=instrument</c>: the instruments with their labels, in order.</summary>
internal static class InstrumentContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("instrument", Export)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.LogManage("Export instruments (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"), [new("instrument_name"), new("instrument_label")], context.Project.Design.Forms.Select(string?[] (f) => [f.Name, f.Label]));
    }
}
