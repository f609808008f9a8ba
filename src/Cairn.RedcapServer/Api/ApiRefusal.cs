namespace Cairn.RedcapServer.Api;

/// <summary>The API's answer to a request it does not carry out: a status and one message, written in the format asked for.</summary>
public sealed class ApiRefusal(int status, string message) : Exception(message)
{
    /// <summary>Bad request: the commonest.</summary>
    public ApiRefusal(string message)
        : this(400, message)
    {
    }

    public int Status { get; } = status;

    public static ApiRefusal NoRight(string message) => new(403, message);

    /// <summary>Of several values the ones that do not exist, as the API lists them.</summary>
    public static ApiRefusal NotValid(string parameter, IEnumerable<string> values) =>
        new($"The following values in the parameter \"{parameter}\" are not valid: {string.Join(", ", values.Select(v => $"'{v}'"))}");
}
