namespace Cairn.Core.Expressions.Patterns;

/// <summary>A pattern as a non-deterministic automaton (Thompson's construction).</summary>
internal sealed class PatternProgram
{
    /// <summary>In states; what a pattern of ordinary length never reaches.</summary>
    public const int Largest = 10_000;

    private readonly List<State> _states = [];

    private PatternProgram()
    {
    }

    /// <summary>One state: where it leads without a character, or with a character of a set, or at the text's begin or end.</summary>
    public readonly record struct State(StateKind Kind, int Next, int Other = -1, CharacterSet? Set = null);

    public enum StateKind
    {
        Match,
        Character,
        Either,
        Begin,
        End,
    }

    public IReadOnlyList<State> States => _states;

    public int Start { get; private set; }

    /// <summary>Null when the pattern is too large.</summary>
    public static PatternProgram? For(PatternNode tree)
    {
        var program = new PatternProgram();
        int match = program.Add(new State(StateKind.Match, -1)) ?? -1;
        if (program.Emit(tree, match) is not { } start)
        {
            return null;
        }

        program.Start = start;
        return program;
    }

    private int? Add(State state)
    {
        _states.Add(state);
        return _states.Count > Largest ? null : _states.Count - 1;
    }

    // Builds from the end to the beginning: each part knows where it leads. Null as soon as there are too many states.
    private int? Emit(PatternNode node, int next) => node switch
    {
        OneOf one => Add(new State(StateKind.Character, next, Set: one.Set)),
        TextBegin => Add(new State(StateKind.Begin, next)),
        TextEnd => Add(new State(StateKind.End, next)),
        Sequence sequence => sequence.Parts.Reverse().Aggregate((int?)next, (to, part) => to is { } there ? Emit(part, there) : null),
        Alternatives alternatives => alternatives.Options.Skip(1).Aggregate(Emit(alternatives.Options[0], next), (one, option) =>
            one is { } first && Emit(option, next) is { } other ? Add(new State(StateKind.Either, first, other)) : null),
        Repeat repeat => Emit(repeat, next),
        _ => throw new ArgumentException("a kind of pattern is not known here", nameof(node)),
    };

    private int? Emit(Repeat repeat, int next)
    {
        int? to = next;
        if (repeat.Most is { } most)
        {
            for (int i = repeat.Fewest; i < most && to is { } there; i++)
            {
                to = Emit(repeat.Part, there) is { } part ? Add(new State(StateKind.Either, part, next)) : null;
            }
        }
        else
        {
            // A loop: the state that chooses is made first, so that the part can lead back to it.
            to = Add(default);
            if (to is { } loop && Emit(repeat.Part, loop) is { } part)
            {
                _states[loop] = new State(StateKind.Either, part, next);
            }
            else
            {
                return null;
            }
        }

        for (int i = 0; i < repeat.Fewest && to is { } there; i++)
        {
            to = Emit(repeat.Part, there);
        }

        return to;
    }
}
