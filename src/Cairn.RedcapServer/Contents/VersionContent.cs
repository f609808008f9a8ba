using Cairn.RedcapServer.Api;

namespace Cairn.RedcapServer.Contents;

/// <summary><c>content=version</c>: the version of REDCap this server speaks as, as plain text.</summary>
internal static class VersionContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("version", context => ApiAnswer.Plain(context.Options.Version)) with { Right = ApiRight.None }];
}
