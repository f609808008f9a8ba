namespace Cairn.Adapters.DuckDb;

/// <summary>What DuckDB says went wrong, so far as a caller may want to tell one from another; the numbers are those of duckdb_error_type.</summary>
public enum DuckDbErrorKind
{
    Other = 0,
    OutOfRange = 1,
    Conversion = 2,
    Transaction = 10,
    Catalog = 13,
    Syntax = 14,
    Constraint = 18,
    Binder = 24,
    InputOutput = 28,
    Interrupt = 29,
    InvalidInput = 32,
    OutOfMemory = 33,
}

/// <summary>An error of the engine. The message is the engine's own, which mostly begins with its kind, as in "Conversion Error: Could not convert ...".</summary>
public sealed class DuckDbException(string message, DuckDbErrorKind kind) : Exception(message)
{
    public DuckDbException(string message)
        : this(message, KindOf(message))
    {
    }

    public DuckDbErrorKind Kind { get; } = kind;

    /// <summary>The message without its kind, and without the echo of the statement that follows a blank line.</summary>
    public string Detail
    {
        get
        {
            var start = Message.IndexOf(" Error: ", StringComparison.Ordinal) is >= 0 and var at and < 40 ? at + " Error: ".Length : 0;
            var end = Message.IndexOf("\n\n", start, StringComparison.Ordinal);
            return end < 0 ? Message[start..] : Message[start..end];
        }
    }

    // Preparing and opening give text only, so the kind is read from the text wherever there is text.
    private static DuckDbErrorKind KindOf(string message) => message.IndexOf(" Error:", StringComparison.Ordinal) switch
    {
        < 0 => DuckDbErrorKind.Other,
        var end => message[..end] switch
        {
            "Out of Memory" => DuckDbErrorKind.OutOfMemory,
            "Constraint" => DuckDbErrorKind.Constraint,
            "Conversion" => DuckDbErrorKind.Conversion,
            "Out of Range" => DuckDbErrorKind.OutOfRange,
            "Invalid Input" => DuckDbErrorKind.InvalidInput,
            "Parser" or "Syntax" => DuckDbErrorKind.Syntax,
            "Binder" => DuckDbErrorKind.Binder,
            "Catalog" => DuckDbErrorKind.Catalog,
            "IO" => DuckDbErrorKind.InputOutput,
            "INTERRUPT" => DuckDbErrorKind.Interrupt,
            "TransactionContext" => DuckDbErrorKind.Transaction,
            _ => DuckDbErrorKind.Other,
        },
    };
}
