using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Api;

/// <summary>One call of one method: what was asked, in whose name, and the project it is about.</summary>
public sealed class ApiContext(ApiCall call, ProjectSession session, User user, ServerOptions options)
{
    public ApiCall Call { get; } = call;

    public ProjectSession Session { get; } = session;

    public Project Project => Session.Project;

    /// <summary>Whose token was sent.</summary>
    public User User { get; } = user;

    public ServerOptions Options { get; } = options;

    /// <summary>An export gives no more records than this, and looks complete: misbehaviour on request.</summary>
    internal int? MostRecords { get; init; }

    /// <summary>Added to the count an import answers: misbehaviour on request.</summary>
    internal int CountOff { get; init; }

    public Rights Rights => Project.RightsOf(User);

    /// <summary>Entries for the log that a method which only reads wants written.</summary>
    internal List<(LogKind Kind, string Action, string Details)> ToLog { get; } = [];

    /// <summary>Puts an entry into the log: at once when the method writes, otherwise when it has succeeded.</summary>
    public void Log(LogKind kind, string action, string details)
    {
        if (Session.Writing)
        {
            Session.Log(kind, action, details);
        }
        else
        {
            ToLog.Add((kind, action, details));
        }
    }

    /// <summary>The rows sent as <c>data</c>, in the request's format. Throws <see cref="ApiRefusal"/> when there are none or they are malformed.</summary>
    public TextTable Data() => Data((format, data, delimiter) => format switch
    {
        DataFormat.Csv => CsvText.Read(data, delimiter),
        DataFormat.Json => JsonText.Read(data),
        _ => XmlRows.Read(data),
    });

    /// <summary><c>data</c> as <paramref name="read"/> takes it. Throws <see cref="ApiRefusal"/> when there is none or it is malformed.</summary>
    public TextTable Data(Func<DataFormat, string, char, TextTable> read)
    {
        string data = Call.Raw("data") is { Length: > 0 } sent ? sent : throw new ApiRefusal("The parameter \"data\" is missing");
        try
        {
            return read(Call.Format, data, Call.Format == DataFormat.Csv ? Call.CsvDelimiter : ',');
        }
        catch (DataFormatException e)
        {
            throw new ApiRefusal(Options.MalformedDataStatus, e.Message);
        }
    }

    /// <summary>Throws unless the project is longitudinal. <paramref name="what"/> is "arms", "events" or "form/event mappings".</summary>
    public void NeedsLongitudinal(string what)
    {
        if (!Project.Longitudinal)
        {
            throw new ApiRefusal($"You cannot export {what} for classic projects{(Options.FullStopInMessages ? "." : "")}");
        }
    }
}
