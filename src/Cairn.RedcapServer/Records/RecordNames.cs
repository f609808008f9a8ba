using System.Globalization;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Records;

/// <summary>The names of new records: the largest whole number there is and one more; within a group its number, a dash, and a count of its own.</summary>
internal sealed class RecordNames(ProjectSession session, int? dag)
{
    private long? _last;

    /// <summary>The next name; no other call gives it again.</summary>
    public string Take()
    {
        _last = (_last ?? Last()) + 1;
        return dag is null ? _last.Value.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{dag}-{_last}");
    }

    private long Last()
    {
        string prefix = dag is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{dag}-");
        return Convert.ToInt64(
            Schema.Scalar(session.Database, """
                SELECT max(CAST(substr(record, length($1) + 1) AS INTEGER)) FROM records
                WHERE project = $0 AND substr(record, 1, length($1)) = $1 AND length(record) BETWEEN length($1) + 1 AND length($1) + 18 AND substr(record, length($1) + 1) NOT GLOB '*[^0-9]*'
                """, session.Project.Id, prefix) ?? 0L,
            CultureInfo.InvariantCulture);
    }
}
