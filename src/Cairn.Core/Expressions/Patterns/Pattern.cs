using System.Text;
using Cairn.Core.Expressions.Native;

namespace Cairn.Core.Expressions.Patterns;

/// <summary>
/// A pattern that says whether it is found in a UTF-8 text, in time proportional to the text: states of a deterministic automaton are made when they are first
/// needed. Several threads may use it at once.
/// </summary>
internal sealed class Pattern
{
    // Enough for any pattern a person writes; a pattern that needs more starts afresh instead of taking more memory.
    private const int MostStates = 4000;

    private readonly PatternProgram _program;
    private readonly Lock _making = new();
    private readonly Dictionary<string, State> _made = new(StringComparer.Ordinal);

    // Code points that no set of the pattern tells apart form a class: below 128 by table, above by the first code point of each class's runs.
    private readonly ushort[] _asciiClass = new ushort[128];
    private readonly int[] _runs;
    private readonly int[] _runClass;
    private readonly int[] _samples;
    private State _start;

    private Pattern(PatternProgram program, int[] runs, int[] runClass, int[] samples)
    {
        _program = program;
        (_runs, _runClass, _samples) = (runs, runClass, samples);
        for (int point = 0; point < _asciiClass.Length; point++)
        {
            _asciiClass[point] = (ushort)ClassOf(point);
        }

        _start = Made(Closure([_program.Start], atBegin: true, atEnd: false));
    }

    private sealed class State(int[] members, bool accepts, bool acceptsAtEnd, int classes)
    {
        public readonly State?[] Next = new State?[classes];
        public readonly bool Accepts = accepts;
        public readonly bool AcceptsAtEnd = acceptsAtEnd;
        public readonly int[] Members = members;
    }

    /// <summary>Null with a reason when the pattern cannot be read.</summary>
    public static Pattern? Parse(string text, out string reason, out int at)
    {
        if (PatternParser.Parse(text, out reason, out at) is not { } tree)
        {
            return null;
        }

        if (PatternProgram.For(tree) is not { } program)
        {
            (reason, at) = ("it is too large", 0);
            return null;
        }

        (int[] runs, int[] runClass, int[] samples) = PatternClasses.Of(program);
        return new Pattern(program, runs, runClass, samples);
    }

    public bool IsFoundIn(ReadOnlySpan<byte> text)
    {
        State state = _start;
        for (int at = 0; at < text.Length;)
        {
            if (state.Accepts)
            {
                return true;
            }

            int point = text[at];
            int kind;
            if (point < 0x80)
            {
                kind = _asciiClass[point];
                at++;
            }
            else
            {
                Rune.DecodeFromUtf8(text[at..], out Rune rune, out int length);
                kind = ClassOf(rune.Value);
                at += length;
            }

            state = state.Next[kind] ?? Step(state, kind);
        }

        return state.Accepts || state.AcceptsAtEnd;
    }

    private int ClassOf(int point)
    {
        int found = Array.BinarySearch(_runs, point);
        return _runClass[found >= 0 ? found : ~found - 1];
    }

    private State Step(State from, int kind)
    {
        lock (_making)
        {
            int point = _samples[kind];
            IEnumerable<int> reached = from.Members.Select(m => _program.States[m]).Where(s => s.Set is { } set && set.Has(point)).Select(s => s.Next);
            State next = Made(Closure([.. reached, _program.Start], atBegin: false, atEnd: false));
            from.Next[kind] = next;
            return next;
        }
    }

    // The state for these members; called under the lock, but for the first.
    private State Made(int[] members)
    {
        string key = string.Create(members.Length, members, (chars, states) =>
        {
            for (int i = 0; i < states.Length; i++)
            {
                chars[i] = (char)states[i];
            }
        });
        if (_made.TryGetValue(key, out State? known))
        {
            return known;
        }

        if (_made.Count >= MostStates)
        {
            _made.Clear();
            _start = New(Closure([_program.Start], atBegin: true, atEnd: false));
        }

        State made = New(members);
        _made.Add(key, made);
        return made;
    }

    private State New(int[] members) => new(members, Accepts(members), Accepts(Closure(members, atBegin: false, atEnd: true)), _samples.Length);

    private bool Accepts(int[] members) => members.Any(m => _program.States[m].Kind == PatternProgram.StateKind.Match);

    // All states reached without a character, in order. A text is never empty, so its begin is not also its end.
    private int[] Closure(IEnumerable<int> from, bool atBegin, bool atEnd)
    {
        var reached = new SortedSet<int>();
        var open = new Stack<int>(from);
        while (open.TryPop(out int at))
        {
            if (!reached.Add(at))
            {
                continue;
            }

            PatternProgram.State state = _program.States[at];
            if (state.Kind == PatternProgram.StateKind.Either)
            {
                open.Push(state.Other);
            }

            bool passes = state.Kind switch
            {
                PatternProgram.StateKind.Either => true,
                PatternProgram.StateKind.Begin => atBegin,
                PatternProgram.StateKind.End => atEnd,
                _ => false,
            };
            if (passes)
            {
                open.Push(state.Next);
            }
        }

        reached.RemoveWhere(s => _program.States[s].Kind is PatternProgram.StateKind.Either or PatternProgram.StateKind.Begin);
        return [.. reached];
    }
}
