using static Cairn.Core.ProblemKind;

namespace Cairn.Core;

/// <content>What is met on the command line.</content>
public static partial class ProblemCodes
{
    private static ProblemCode[] CommandArea =>
    [
        new("cairn/fault", Fault, "Cairn met a fault of its own.", "Read the report it left in .cairn/reports, then attach it to an issue."),
        new("config/wrong-value", Usage, "A setting has a value it cannot have.", "cairn config --origin shows where it stands."),
        new("init/already-there", Usage, "Files of a template are there already.", "Name another folder."),
        new("init/is-file", Usage, "A file was named where a project's folder was meant.", "Name another folder."),
        new("init/not-empty", Usage, "A project is made in an empty folder only.", "Name another folder."),
        new("output/not-written", Refused, "What a command had to say could not be written.", "Look at the disk, or name a file in a folder you can write to."),
        new("redcap-server/address", Refused, "The address is no address and port, or it cannot be listened on.", "Name another, such as 127.0.0.1:0, which takes any port that is free."),
        new("redcap-server/data", Refused, "The folder with the server's data cannot be used.", "Name another folder, or put right what the message says."),
        new("redcap-server/like", Usage, "The server has no such option of behaviour, or not with this value.", "cairn redcap-server likes lists them."),
        new("redcap-server/no-project", Usage, "The server has no project of this number.", "Name one of those the message lists."),
        new("redcap-server/no-token", Usage, "The user has no token for the project.", "cairn redcap-server tokens lists who has one."),
        new("redcap-server/no-user", Usage, "The project has no user of this name.", "Name one of those the message lists."),
        new("redcap-server/project-file", Refused, "A file given as a project is neither a data dictionary nor project XML, or one given as records does not fit the project.", "Correct what the message names; nothing was made of the file."),
        new("redcap-server/super-token", Usage, "A super token does not have 64 characters.", "openssl rand -hex 32 makes one."),
        new("peek/more-refused", Finding, "More rows could not be read than are shown.", "Run a flow over the source: its run lists them all."),
        new("peek/no-connector", Usage, "This cairn has no connector for what was named.", "cairn connectors lists them."),
        new("peek/no-source", Usage, "There is no file or folder of this name.", "Look at the name."),
        new("peek/no-table", Usage, "The flow has no table of this name.", "Look at the names under `read:` and `shape:`."),
        new("plan/has-its-values", Usage, "Values were given to a plan that was saved with its own.", "Make a new plan with them."),
        new("plan/moved", Refused, "Inputs, destinations or the flow are not what they were when the plan was made.", "Make the plan again and look at it."),
        new("plan/not-a-plan", Usage, "The file is not a saved plan.", "cairn plan --out makes one."),
        new("run/declined", Stopped, "You said no, and nothing was written.", "Run it again when it is right."),
        new("run/stopped", Stopped, "The work was stopped by Ctrl-C or by a signal.", "The run says what was done; run it again."),
        new("run/needs-yes", Usage, "There was no terminal to ask on, and nothing was written.", "Add --yes."),
        new("usage/bad-value", Usage, "An option has a value it does not take.", "The message names those it takes."),
        new("usage/given-twice", Usage, "An option that takes one value was given several times.", "Keep one."),
        new("usage/missing-argument", Usage, "A command needs something that is not there.", "Add it; --help shows how."),
        new("usage/missing-command", Usage, "A command of several was not named.", "Name one of those the message lists."),
        new("usage/missing-option", Usage, "A command needs an option that is not there.", "Add it."),
        new("usage/missing-value", Usage, "An option stands without its value.", "Write the value after it."),
        new("usage/no-folder", Usage, "The folder named as the project is not there.", "Look at the name, or make it: cairn init."),
        new("usage/not-a-number", Usage, "A number was expected.", "Write digits."),
        new("usage/not-understood", Usage, "The command line is not understood.", "--help shows how it is written."),
        new("usage/set", Usage, "--set was not given name=value.", "Write --set name=value."),
        new("usage/too-many", Usage, "A command was given more than it takes.", "Quote what belongs together; --help shows what it takes."),
        new("usage/unknown-command", Usage, "There is no such command.", "cairn --help lists them."),
        new("usage/unknown-connector", Usage, "There is no connector of this name.", "cairn connectors lists them."),
        new("usage/unknown-option", Usage, "The command has no such option.", "--help lists those it has."),
        new("usage/unknown-topic", Usage, "There is no help on this word.", "cairn help lists commands and topics."),
        new("usage/unknown-write", Usage, "The flow writes no table of this name.", "Look at the names under `write:`."),
    ];
}
