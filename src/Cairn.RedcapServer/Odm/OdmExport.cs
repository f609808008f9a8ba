using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Odm;

/// <summary>What of a project is written as ODM.</summary>
public sealed record OdmExport
{
    public required Project Project { get; init; }

    /// <summary>The time of the export, in the server's time zone.</summary>
    public required DateTime At { get; init; }

    /// <summary>The version of REDCap that is written as the source.</summary>
    public required string Version { get; init; }

    /// <summary>The fields whose values are written.</summary>
    public Func<Field, bool> Fields { get; init; } = _ => true;

    /// <summary>The forms whose status is written.</summary>
    public Func<Form, bool> Statuses { get; init; } = _ => true;

    /// <summary>Adds the surveys' pseudo-fields.</summary>
    public bool SurveyFields { get; init; }

    /// <summary>Adds each record's data access group.</summary>
    public bool DataAccessGroups { get; init; }

    /// <summary>A file field's file by its cell, to be written within the XML; null to write nothing for file fields.</summary>
    public Func<string, StoredFile?>? Files { get; init; }

    /// <summary>What is written for a file field's cell in place of its file; null for nothing.</summary>
    public Func<string, string>? FileNames { get; init; }

    /// <summary>All fields are defined, though perhaps not all their values written.</summary>
    internal bool DefinesAll { get; init; }
}
