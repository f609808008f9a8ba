using System.CommandLine;
using Cairn.Core;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn redcap-server tokens</c>: who may use the server's API. A token is shown once, when it is issued.</summary>
internal static class RedcapTokensCommand
{
    public static Command Create(Composition cairn)
    {
        Option<string> data = RedcapServerCommand.DataOption();
        var tokens = new Verb("tokens", "List, issue and delete the tokens of a server's users", Chapter.Project)
        {
            Examples = [new Example("cairn redcap-server tokens --data redcap", "who has one, with its last characters"), new Example("cairn redcap-server tokens issue --data redcap --project 1 --user owner", "a new one, shown once")],
        };
        tokens.Options.Add(data);
        tokens.Add(Change("issue", "Give a user a new token, shown once; the one before no longer works", cairn, (store, project, user) =>
        {
            string token = store.IssueToken(project.Id, user.Name);
            Tell(cairn, project.Id, user.Name, token);
        }));
        tokens.Add(Change("delete", "Take a user's token away", cairn, (store, project, user) =>
        {
            if (!store.DeleteToken(project.Id, user.Name))
            {
                throw new ProblemException(new Problem("redcap-server/no-token", ProblemKind.Usage, $"{user.Name} has no token for project {project.Id}", Help: "cairn redcap-server tokens --data FOLDER"));
            }

            Tell(cairn, project.Id, user.Name, null);
        }));
        return tokens.Does(parse => List(parse.GetRequiredValue(data), cairn));
    }

    private static ExitCode List(string data, Composition cairn)
    {
        using RedcapStore store = RedcapServerCommand.OpenStore(data, cairn);
        List<TokenOwner> owners = [.. store.Projects().SelectMany(p => store.Owners(p.Id))];
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                Runs.RunsJson.List(json, "tokens", owners, o =>
                {
                    json.WriteNumber("project", o.Project);
                    json.WriteString("user", o.User);
                    json.WriteString("ending", o.Ending);
                    json.WriteString("issued", o.Issued);
                });
            });
            return ExitCode.Done;
        }

        var grid = new Grid("project", "user", "token", "issued");
        foreach (TokenOwner owner in owners)
        {
            grid.Add(Amount.Count(owner.Project), owner.User, "…" + owner.Ending, owner.Issued);
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        return ExitCode.Done;
    }

    private static Verb Change(string name, string about, Composition cairn, Action<RedcapStore, Cairn.RedcapServer.Definitions.Project, User> change)
    {
        Option<string> data = RedcapServerCommand.DataOption();
        var project = new Option<int>("--project") { Description = "The project's number", HelpName = "number", Required = true };
        var user = new Option<string>("--user") { Description = "The user's name", HelpName = "name", Required = true };
        var verb = new Verb(name, about, Chapter.Project)
        {
            Examples = [new Example($"cairn redcap-server tokens {name} --data redcap --project 1 --user owner", "by project and user"), new Example($"cairn redcap-server tokens {name} --data redcap --project 1 --user owner --json", "for scripts")],
        };
        foreach (Option option in new Option[] { data, project, user })
        {
            verb.Options.Add(option);
        }

        return verb.Does(parse =>
        {
            using RedcapStore store = RedcapServerCommand.OpenStore(parse.GetRequiredValue(data), cairn);
            int id = parse.GetRequiredValue(project);
            RedcapServerCommand.NeedsProject(store, id);

            string asked = parse.GetRequiredValue(user);
            Cairn.RedcapServer.Definitions.Project found;
            using (ProjectSession session = store.Read(id, asked))
            {
                found = session.Project;
            }

            User owner = found.User(asked) ?? throw new ProblemException(new Problem(
                "redcap-server/no-user", ProblemKind.Usage, $"project {id} has no user {asked}; it has {string.Join(", ", found.Design.Users.Select(u => u.Name))}", Help: "name one of them"));
            change(store, found, owner);
            return ExitCode.Done;
        });
    }

    private static void Tell(Composition cairn, int project, string user, string? token)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteNumber("project", project);
                json.WriteString("user", user);
                json.WriteString("token", token);
            });
        }
        else
        {
            cairn.Screen.Out.WriteLine(token ?? $"{user} has no token for project {project} any more");
        }
    }
}
