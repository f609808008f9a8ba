using Cairn.RedcapServer.Api;

namespace Cairn.RedcapServer.Contents;

/// <summary><c>content=version</c>: the version of REDCap this server speaks as, as plain text.</summary>
internal static class VersionContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("version", Export) with { Right = ApiRight.None }];

    private static ApiAnswer Export(ApiContext context)
    {
        context.LogManage("Export REDCap version (API)");
        return ApiAnswer.Plain(context.Options.Version);
    }
}
