namespace Cairn.Terminal;

/// <summary>
/// Where a command's words go: data to Out, everything else to Error. Whether either is a terminal is decided once, at the start,
/// so that nothing prompts or redraws into a pipe.
/// </summary>
internal sealed record Screen(TextWriter Out, TextWriter Error, TextReader In)
{
    public bool OutIsTerminal { get; init; }
    public bool ErrorIsTerminal { get; init; }
    public bool InIsTerminal { get; init; }

    /// <summary>Columns of the terminal; 100 where there is none, so that what is saved reads well. Measured when it is needed: measuring costs time.</summary>
    public int Width => Measure();

    public Func<int> Measure { get; init; } = () => 100;

    /// <summary>Colours of each stream, plain where it is not a terminal or the user said no.</summary>
    public Ink OutInk { get; init; } = Ink.Plain;
    public Ink ErrorInk { get; init; } = Ink.Plain;

    /// <summary>A question can be asked and its answer read.</summary>
    public bool CanAsk => InIsTerminal && ErrorIsTerminal;

    /// <summary>The process's own streams.</summary>
    public static Screen OfProcess()
    {
        bool outIsTerminal = !Console.IsOutputRedirected;
        bool errorIsTerminal = !Console.IsErrorRedirected;
        return new Screen(Open(Console.OpenStandardOutput(), outIsTerminal), Open(Console.OpenStandardError(), true), new StreamReader(Console.OpenStandardInput()))
        {
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = errorIsTerminal,
            InIsTerminal = !Console.IsInputRedirected,
            Measure = outIsTerminal || errorIsTerminal ? TerminalWidth : () => 100,
        };
    }

    /// <summary>Reads one line of the person's answer; null at the end of input. Ctrl-C ends the waiting too.</summary>
    public string? Ask(string question, CancellationToken stop)
    {
        Error.Write(question);
        Error.Flush();
        var answer = System.Threading.Tasks.Task.Run(In.ReadLine, CancellationToken.None);
        try
        {
            answer.Wait(stop);
            return answer.Result;
        }
        catch (OperationCanceledException)
        {
            Error.WriteLine();
            throw;
        }
    }

    // Console.Out costs start-up time (encodings, terminal database); plain UTF-8 streams do not.
    private static StreamWriter Open(Stream stream, bool flushEachLine) =>
        new(stream, new System.Text.UTF8Encoding(false), flushEachLine ? 256 : 32 * 1024) { AutoFlush = flushEachLine, NewLine = "\n" };

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? Math.Clamp(width, 40, 200) : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
