using System.CommandLine;
using System.Reflection;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn completions bash</c>: a script for the shell that asks this program itself, so that it can never fall behind it.</summary>
internal static class CompletionsCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create(Composition cairn)
    {
        Argument<string> shell = Choice.Argument("shell", "bash, zsh, fish or pwsh", Shells);
        var completions = new Verb("completions", "Print a script that completes cairn's commands in your shell", Chapter.Help)
        {
            Examples =
            [
                new Example("cairn completions bash > ~/.local/share/bash-completion/completions/cairn", "for bash, from the next shell on"),
                new Example("cairn completions fish > ~/.config/fish/completions/cairn.fish", "for fish"),
            ],
        };
        completions.Add(shell);
        return completions.Does(parse => Print(parse.GetRequiredValue(shell), cairn));
    }

    private static ExitCode Print(string shell, Composition cairn)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"completions/{shell}")!;
        using var reader = new StreamReader(stream);
        string script = reader.ReadToEnd();
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("shell", shell);
                json.WriteString("script", script);
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            cairn.Screen.Out.Write(script);
        }

        return ExitCode.Done;
    }
}
