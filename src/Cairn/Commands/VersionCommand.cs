using System.Reflection;
using System.Runtime.InteropServices;
using Cairn.Terminal;

namespace Cairn.Commands;

internal static class VersionCommand
{
    /// <summary>The version without the build's commit.</summary>
    public static string Text { get; } =
        (typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static Verb Create(Composition cairn) => new Verb("version", "Print the version, and that of the runtime", Chapter.Help)
    {
        Examples =
        [
            new Example("cairn version", "the version and the runtime"),
            new Example("cairn version --json", "the same as data"),
        ],
    }.Does(_ => Print(cairn));

    public static ExitCode Print(Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("version", Text);
                json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                json.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            cairn.Screen.Out.WriteLine($"cairn {Text}  ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
        }

        return ExitCode.Done;
    }
}
