using System.CommandLine;
using System.CommandLine.Parsing;
using Cairn.Core;

namespace Cairn.Commands;

/// <summary>Options and arguments that take one of a few words, or a number; what they say when they get something else is ours.</summary>
internal static class Choice
{
    /// <summary>The first word is the default.</summary>
    public static Option<string> Option(string name, string about, params string[] words)
    {
        var option = new Option<string>(name) { Description = about, HelpName = string.Join('|', words), Recursive = true };
        option.Validators.Add(result => Check(result, result.Tokens, name, words));
        option.CompletionSources.Add(_ => words.Select(w => new System.CommandLine.Completions.CompletionItem(w)));
        return option;
    }

    public static Argument<string> Argument(string name, string about, params IReadOnlyList<string> words)
    {
        var argument = new Argument<string>(name) { Description = about };
        argument.Validators.Add(result => Check(result, result.Tokens, name, words));
        argument.CompletionSources.Add(_ => words.Select(w => new System.CommandLine.Completions.CompletionItem(w)));
        return argument;
    }

    private static void Check(SymbolResult result, IReadOnlyList<Token> tokens, string name, IReadOnlyList<string> words)
    {
        foreach (Token token in tokens)
        {
            if (!words.Contains(token.Value))
            {
                string? near = DidYouMean.Of(token.Value, words);
                result.AddError($"{name} does not know `{token.Value}`" + (near is null ? $"; it takes {List(words)}" : $"; did you mean `{near}`?"));
            }
        }
    }

    private static string List(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[^1];
}
