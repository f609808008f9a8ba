namespace Cairn.RedcapServer.Api;

/// <summary>Which of the two rights to use the API a method needs.</summary>
public enum ApiRight
{
    /// <summary>A valid token is enough.</summary>
    None,

    /// <summary>API Export.</summary>
    Export,

    /// <summary>API Import/Update.</summary>
    Import,
}

/// <summary>A method of the API: a content with an action.</summary>
/// <param name="Content">The parameter <c>content</c>.</param>
/// <param name="Action"><c>export</c>, <c>import</c>, <c>delete</c> and so on. A request that names none imports when it has <c>data</c>, and exports otherwise.</param>
/// <param name="Right">Needed beside the module's own rights, which the method asks for itself.</param>
/// <param name="Writes">Changes the project.</param>
/// <param name="Answer">Throws <see cref="ApiRefusal"/>; nothing is changed then.</param>
public sealed record ApiMethod(string Content, string Action, ApiRight Right, bool Writes, Func<ApiContext, ApiAnswer> Answer)
{
    public static ApiMethod Export(string content, Func<ApiContext, ApiAnswer> answer) => new(content, "export", ApiRight.Export, Writes: false, answer);

    public static ApiMethod Import(string content, Func<ApiContext, ApiAnswer> answer) => new(content, "import", ApiRight.Import, Writes: true, answer);

    public static ApiMethod Delete(string content, Func<ApiContext, ApiAnswer> answer) => new(content, "delete", ApiRight.Import, Writes: true, answer);
}
