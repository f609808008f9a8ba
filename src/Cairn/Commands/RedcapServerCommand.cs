using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Cairn.Core;
using Cairn.RedcapServer;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Storage;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn redcap-server</c>: a server that speaks REDCap's API, for trying flows, for training and for tests; and the tokens of its users.</summary>
internal static class RedcapServerCommand
{
    private const string SuperTokenVariable = "CAIRN_REDCAP_SUPER_TOKEN";

    public static Command Create(Composition cairn)
    {
        var listen = new Option<string>("--listen") { Description = "Address and port (127.0.0.1:8090); port 0 takes any that is free", HelpName = "address:port", DefaultValueFactory = _ => "127.0.0.1:8090" };
        Option<string> data = DataOption();
        var super = new Option<string?>("--super-token") { Description = $"64 characters; with it projects are created through the API (or in the variable {SuperTokenVariable})", HelpName = "token" };
        var projects = new Option<string[]>("--project") { Description = "Also make a project of this data dictionary (CSV) or project XML, unless that was done before", HelpName = "file", DefaultValueFactory = _ => [] };
        var like = new Option<string[]>("--like") { Description = "How to behave where real servers differ: name=value (cairn redcap-server likes)", HelpName = "name=value", DefaultValueFactory = _ => [] };
        var server = new Verb("redcap-server", "Serve REDCap's API for trying flows, training and tests (it is not REDCap)", Chapter.Project)
        {
            More = "Projects, records, users and logs are kept in the folder. On this machine its pages are at the address itself; /control there makes it misbehave on request.",
            Examples =
            [
                new Example("cairn redcap-server --data redcap --project dictionary.csv", "a project from a data dictionary, at http://127.0.0.1:8090/api/"),
                new Example("cairn redcap-server tokens issue --data redcap --project 1 --user owner", "a token, shown once"),
            ],
        };
        foreach (Option option in new Option[] { listen, data, super, projects, like })
        {
            server.Options.Add(option);
        }

        server.Add(RedcapTokensCommand.Create(cairn));
        server.Add(Fill(cairn));
        server.Add(Likes(cairn));
        return server.Does(parse =>
        {
            ServerOptions options = Options(parse.GetRequiredValue(like), parse.GetValue(super) ?? cairn.Variable(SuperTokenVariable));
            IPEndPoint at = Address(parse.GetRequiredValue(listen));
            using RedcapStore store = OpenStore(parse.GetRequiredValue(data), cairn, make: true);
            var api = new RedcapApi(store, options with { Address = $"http://{at}" });
            foreach (string file in parse.GetRequiredValue(projects))
            {
                RedcapProjects.Add(file, api, cairn);
            }

            return Serve(at, api, cairn).GetAwaiter().GetResult();
        });
    }

    /// <summary>Where the server's data are; the subcommands name it too.</summary>
    public static Option<string> DataOption() => new("--data") { Description = "The folder that holds the server's data; made when it is not there", HelpName = "folder", Required = true };

    /// <summary>Throws <see cref="ProblemException"/> for a folder that cannot be used.</summary>
    /// <param name="make">Whether the folder is made when it is not there.</param>
    public static RedcapStore OpenStore(string folder, Composition cairn, bool make = false)
    {
        string path = cairn.Absolute(folder);
        if (!make && !RedcapStore.IsIn(path))
        {
            throw new ProblemException(new Problem("redcap-server/data", ProblemKind.Refused, $"{cairn.Shown(path)} holds no server's data", new FilePlace(path), $"cairn redcap-server --data {cairn.Shown(path)} makes it"));
        }

        try
        {
            return RedcapStore.Open(path, cairn.Clock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new ProblemException(new Problem("redcap-server/data", ProblemKind.Refused, $"the server's data in {cairn.Shown(path)} cannot be opened: {e.Message}", new FilePlace(path), "cairn redcap-server --data ANOTHER-FOLDER"), e);
        }
    }

    private static async Task<ExitCode> Serve(IPEndPoint at, RedcapApi api, Composition cairn)
    {
        RedcapHost host;
        try
        {
            host = await RedcapHost.Start(at, api, line => cairn.Screen.Error.WriteLine(Printable.Of(line)), cairn.Stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ProblemException(new Problem("redcap-server/address", ProblemKind.Refused, $"{at} cannot be listened on: {e.Message}", Help: "--listen 127.0.0.1:0 takes any port that is free"), e);
        }

        await using (host.ConfigureAwait(false))
        {
            cairn.Screen.Out.WriteLine($"not REDCap, but speaks its API: {host.Address}/api/");
            cairn.Screen.Out.WriteLine($"pages: {host.Address}/   misbehaviour on request: {host.Address}/control   Ctrl-C ends it");
            cairn.Screen.Out.Flush();
            var ended = new TaskCompletionSource();
            using CancellationTokenRegistration stopping = cairn.Stop.Register(ended.SetResult);
            await ended.Task.ConfigureAwait(false);
            await host.Stop().ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static Verb Fill(Composition cairn)
    {
        Option<string> data = DataOption();
        var project = new Option<int>("--project") { Description = "The project's number", HelpName = "number", Required = true };
        var records = new Option<string>("--records") { Description = "Records as REDCap exports them: CSV, flat, raw", HelpName = "file", Required = true };
        var fill = new Verb("fill", "Put a copy of records into a project as they are, unchecked", Chapter.Project)
        {
            More = "Unlike an import it takes data access groups, survey identifiers and survey times too, and values from before their fields were validated. Uploaded files are not in such an export, and not taken.",
            Examples =
            [
                new Example("cairn redcap-server fill --data redcap --project 1 --records data.csv", "what a real project holds, to try things on"),
                new Example("cairn redcap-server fill --data redcap --project 1 --records data.csv --json", "for scripts"),
            ],
        };
        foreach (Option option in new Option[] { data, project, records })
        {
            fill.Options.Add(option);
        }

        return fill.Does(parse =>
        {
            using RedcapStore store = OpenStore(parse.GetRequiredValue(data), cairn);
            int number = parse.GetRequiredValue(project);
            NeedsProject(store, number);
            int filled = RedcapProjects.Fill(parse.GetRequiredValue(records), number, new RedcapApi(store, new ServerOptions()), cairn);
            if (cairn.Asked.Json)
            {
                Json.Write(cairn.Screen.Out, json =>
                {
                    json.WriteBoolean("ok", true);
                    json.WriteNumber("project", number);
                    json.WriteNumber("records", filled);
                });
            }
            else
            {
                cairn.Screen.Out.WriteLine($"{Amount.Of(filled, "record")} put into project {number}");
            }

            return ExitCode.Done;
        });
    }

    /// <summary>Throws <see cref="ProblemException"/> for a number that no project has.</summary>
    public static void NeedsProject(RedcapStore store, int project)
    {
        if (!store.Has(project))
        {
            string there = string.Join(", ", store.Projects().Select(p => $"{p.Id} ({p.Title})"));
            throw new ProblemException(new Problem("redcap-server/no-project", ProblemKind.Usage, $"the server has no project {project}; it has {(there.Length == 0 ? "none" : there)}", Help: "cairn redcap-server --data FOLDER --project dictionary.csv"));
        }
    }

    private static Verb Likes(Composition cairn) => new Verb("likes", "List how the server can be told to behave where real servers differ", Chapter.Project)
    {
        Examples = [new Example("cairn redcap-server likes", "names, values without --like, and what each decides"), new Example("cairn redcap-server likes --json", "the same as data")],
    }.Does(_ =>
    {
        var usual = new ServerOptions();
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                Runs.RunsJson.List(json, "likes", OpenQuestions.All, q =>
                {
                    json.WriteString("name", q.Name);
                    json.WriteString("value", q.Value(usual));
                    json.WriteString("about", q.About);
                });
            });
        }
        else
        {
            var grid = new Grid("name", "value", "decides");
            foreach (OpenQuestion question in OpenQuestions.All)
            {
                grid.Add(question.Name, question.Value(usual), question.About);
            }

            grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        }

        return ExitCode.Done;
    });

    private static ServerOptions Options(string[] likes, string? superToken)
    {
        var options = new ServerOptions { SuperToken = superToken };
        if (superToken is { Length: not 64 })
        {
            throw new ProblemException(new Problem("redcap-server/super-token", ProblemKind.Usage, $"a super token has 64 characters, and this one {superToken.Length}", Help: "openssl rand -hex 32"));
        }

        foreach (string like in likes)
        {
            int equals = like.IndexOf('=', StringComparison.Ordinal);
            try
            {
                options = OpenQuestions.With(options, equals < 0 ? like : like[..equals], equals < 0 ? "true" : like[(equals + 1)..]);
            }
            catch (FormatException e)
            {
                throw new ProblemException(new Problem("redcap-server/like", ProblemKind.Usage, e.Message, Help: "cairn redcap-server likes"), e);
            }
        }

        return options;
    }

    private static IPEndPoint Address(string text) =>
        IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out IPEndPoint? at) && text.Contains(':', StringComparison.Ordinal) && at.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            ? at
            : throw new ProblemException(new Problem("redcap-server/address", ProblemKind.Usage, $"`{text}` is not an address and a port", Help: "cairn redcap-server --listen 127.0.0.1:8090"));
}
