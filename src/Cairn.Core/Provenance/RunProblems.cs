using static Cairn.Core.ProblemKind;

namespace Cairn.Core.Provenance;

/// <summary>Codes of the record of runs: keeping it, reading it, following it, verifying it.</summary>
public static class RunProblems
{
    public static IReadOnlyList<ProblemCode> All =>
    [
        new("archive/changed", Finding, "A file to be kept had changed since the run read or wrote it, so that version is lost.", "Run again when nothing else writes the file."),
        new("archive/damaged", Refused, "The archive's copy of a version no longer has its bytes.", "Look for another copy of the file, and check the disk."),
        new("archive/exists", Usage, "A version would be written over a file that is there.", "Name another file with --out."),
        new("archive/not-kept", Usage, "A version is not in the archive.", "Keep versions with `keep: { inputs: true, outputs: true }` in the flow."),
        new("archive/not-of-run", Usage, "A run neither read nor wrote the file that was asked for.", "Look at what it read and wrote: cairn runs show."),
        new("archive/not-readable", Finding, "A file to be kept could not be copied into the archive.", "Look whether the file is still there and the disk has room."),
        new("archive/too-large", Finding, "A file to be kept is over the flow's size limit.", "Raise `size_limit` under `keep`."),
        new("export/cannot-write", Refused, "A run could not be copied to where it should go.", "Look at the folder's rights and the room on the disk."),
        new("export/exists", Usage, "A run would be copied into a folder that holds something.", "Name another folder, or a file ending in .zip."),
        new("journal/broken", Finding, "A line of the journal of runs was changed, or lines were removed.", "Compare with a copy of the journal; the runs themselves may be untouched."),
        new("lineage/changed", Finding, "A file has changed since a run read or wrote it; the version recorded then is shown.", "Compare: cairn verify FILE."),
        new("lineage/copy", Finding, "A file is known only by its bytes, which a run recorded under another name.", "Nothing; it is said so that names do not mislead."),
        new("lineage/gone", Finding, "A file that a run read or wrote is not there any more.", "Fetch it, if it was kept: cairn archive get."),
        new("lineage/no-rows", Usage, "A run kept no source rows of a table.", "A `sql:` step keeps them only if it gives _row."),
        new("lineage/no-such-hash", Usage, "No run on record has read or written data with such a hash.", "Give at least four digits of one that cairn runs show prints."),
        new("lineage/no-such-row", Usage, "A table has fewer rows than the number asked for.", "Give the row's number from 1, the header not counted."),
        new("lineage/no-such-table", Usage, "A run did not write such a table to this file.", "Name one of those it wrote."),
        new("lineage/not-recorded", Usage, "What was asked for is no file on record and no run.", "List the runs: cairn runs."),
        new("lineage/not-written", Usage, "A row was asked for of a file that no run wrote.", "Ask for a row of an output."),
        new("lineage/several-hashes", Usage, "The digits given are the beginning of several hashes.", "Give more digits."),
        new("lineage/which-table", Usage, "A file holds several tables, and a row was asked for.", "Name one with --table."),
        new("run/cannot-close", Partial, "The record of a run could not be finished; its outputs are as the plan says.", "Make room on the disk; the run is shown as interrupted."),
        new("run/cannot-open", Refused, "The folder of a run could not be made; nothing was read or written.", "Make the store's folder writable, or choose another with --project."),
        new("run/cannot-write", Refused, "The plan could not be kept in the run's folder; nothing was written.", "Make room on the disk and run again."),
        new("run/edited", Finding, "A file of a run's folder was changed after the run.", "Compare it with a copy."),
        new("run/file-added", Finding, "A run's folder holds a file that is not part of its record.", "Move it elsewhere."),
        new("run/file-removed", Finding, "A file of a run's folder is gone.", "Restore it from a copy."),
        new("run/no-such-warning", Usage, "No rows of such a table missed a check in this run.", "Name one of the tables listed."),
        new("run/not-found", Usage, "There is no such run.", "List the runs: cairn runs."),
        new("run/not-in-journal", Finding, "A closed run is not in the journal: it was put there by hand, or its line was removed.", "Compare with a copy of the journal."),
        new("run/not-readable", Refused, "The record of a run cannot be read.", "Restore its run.json from a copy."),
        new("run/pruned", Finding, "A run that was pruned still has its folder.", "Prune again: that finishes what was begun."),
        new("run/removed", Finding, "A run in the journal has lost its folder, and no pruning says so.", "Restore the folder from a copy."),
        new("run/rewritten", Finding, "The record of a run is not the one that was closed.", "Restore its run.json from a copy."),
        new("run/several", Usage, "The digits given are the beginning of several runs' ids.", "Give more digits."),
        new("store/busy", Unreachable, "Another process keeps the store locked.", "Try again when it is done."),
        new("usage/no-rule", Usage, "Pruning was asked for without a rule that says which runs may go.", "Give --keep, --older-than, or both."),
        new("usage/time", Usage, "A date or time span cannot be read.", "Write 2026-11-21, or 7d for the last seven days."),
        new("usage/time-span", Usage, "A time span cannot be read.", "Write a number and h, d, w or y, such as 90d."),
        new("verify/changed", Finding, "A file no longer has the bytes that a run read or wrote.", "Follow it: cairn lineage FILE."),
        new("verify/missing", Finding, "A file that a run read or wrote is gone.", "Fetch it, if it was kept: cairn archive get."),
        new("verify/not-readable", Refused, "A file to be verified cannot be read.", "Look at your right to read it."),
        new("verify/not-recorded", Usage, "What was to be verified is no file on record and no run.", "List the runs: cairn runs."),
    ];
}
