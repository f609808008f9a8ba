namespace Cairn.RedcapServer;

/// <summary>What a server is started with. Where it is not known how a real server behaves, the behaviour is an option.</summary>
public sealed record ServerOptions
{
    /// <summary>The version told to clients.</summary>
    public string Version { get; init; } = "15.5.0";

    /// <summary>64 characters; with it projects are created through the API. Null: they cannot be.</summary>
    public string? SuperToken { get; init; }

    /// <summary>The largest request taken.</summary>
    public long MostBytes { get; init; } = 64L << 20;

    /// <summary>Where this server is found, such as <c>http://127.0.0.1:8090</c>; survey links begin with it.</summary>
    public string Address { get; init; } = "http://127.0.0.1";

    /// <summary>The status for data that are not in the format they were said to be in: 400 (observed) or 406 (documented).</summary>
    public int MalformedDataStatus { get; init; } = 400;

    /// <summary>Whether explicit ids of new records are refused when auto-numbering is on and not asked for, as older servers did.</summary>
    public bool AutoNumberingRefusesIds { get; init; }

    /// <summary>Whether calculated fields are among the names of <c>exportFieldNames</c>.</summary>
    public bool CalcInFieldNames { get; init; } = true;

    /// <summary>Whether a value for a calculated field is refused on import, rather than passed over and computed.</summary>
    public bool RefuseCalcImport { get; init; }

    /// <summary>Whether calculated values in the project XML of a new project are taken, rather than left blank until their record is changed.</summary>
    public bool TakeCalcsOfNewProjects { get; init; }

    /// <summary>Whether arms and events without a designated form are exported: an arm never without events.</summary>
    public bool ExportEventsWithoutForms { get; init; } = true;

    /// <summary>Whether names of records that do not exist are refused in <c>records</c> of an export, rather than passed over.</summary>
    public bool RefuseUnknownRecords { get; init; }

    /// <summary>Whether messages for classic projects end with a full stop, as older servers write them.</summary>
    public bool FullStopInMessages { get; init; }

    /// <summary>A file field's value in exports: its file's name, or <c>[document]</c> as older servers give.</summary>
    public bool FilesAsDocument { get; init; }

    /// <summary>The number of the first event made; events are numbered over all projects of a server.</summary>
    public int FirstEventId { get; init; } = 1;
}
