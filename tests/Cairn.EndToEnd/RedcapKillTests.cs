using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cairn.EndToEnd;

/// <summary>A server that is killed at any moment has lost nothing that it had acknowledged, and applied nothing by half.</summary>
public sealed class RedcapKillTests : IDisposable
{
    private const int Records = 200;
    private readonly Built _cairn = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly HashSet<int> _acknowledged = [];
    private string _token = "";

    public void Dispose()
    {
        _http.Dispose();
        _cairn.Dispose();
    }

    private static int Kills => Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 100 : 6;

    [Fact]
    public async Task KillNine()
    {
        _cairn.Write("dictionary.csv", "field_name,form_name,field_type,field_label\nrecord_id,main,text,Record\nbatch,main,text,Batch\nplace,main,text,Place\n");
        using (Process first = Start(out _, "--project", "dictionary.csv"))
        {
            first.Kill();
            await first.WaitForExitAsync();
        }

        using (JsonDocument issued = JsonDocument.Parse(_cairn.Run("redcap-server", "tokens", "issue", "--data", "server", "--project", "1", "--user", "owner", "--json").Out))
        {
            _token = issued.RootElement.GetProperty("token").GetString()!;
        }

        var random = new Random(7);
        int batch = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process server = Start(out string address);
            using var killed = new CancellationTokenSource();
            if (kill % 2 == 0)
            {
                // A server just started is slow: every other one is killed when it is at work, and the rest whenever.
                await Import(address, ++batch);
            }

            Task end = Task.Run(async () =>
            {
                await Task.Delay(random.Next(20, 700));
                server.Kill();
                await server.WaitForExitAsync();
                await killed.CancelAsync();
            });
            while (!killed.IsCancellationRequested && batch < 100_000)
            {
                await Import(address, ++batch);
            }

            await end;
        }

        Assert.True(_acknowledged.Count > Kills, $"only {_acknowledged.Count} batches were acknowledged");
        using Process last = Start(out string at);
        string[] rows = (await Ask(at, "content=record&format=csv&fields=batch")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Dictionary<int, int> there = rows.GroupBy(r => int.Parse(r, CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(there, b => Assert.Equal(Records, b.Value));
        Assert.Empty(_acknowledged.Except(there.Keys));
        last.Kill();
    }

    private async Task Import(string address, int batch)
    {
        var data = new StringBuilder("record_id,batch,place\n");
        for (int i = 0; i < Records; i++)
        {
            data.Append(CultureInfo.InvariantCulture, $"{batch}-{i},{batch},{i}\n");
        }

        try
        {
            if (await Ask(address, "content=record&format=csv&data=" + Uri.EscapeDataString(data.ToString())) == Records.ToString(CultureInfo.InvariantCulture))
            {
                _acknowledged.Add(batch);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Not acknowledged: there or not, but whole.
        }
    }

    private async Task<string> Ask(string address, string parameters)
    {
        using var content = new StringContent($"token={_token}&{parameters}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(address), content);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return body;
    }

    private Process Start(out string address, params string[] more)
    {
        Process process = _cairn.Start(Built.Program, ["redcap-server", "--listen", "127.0.0.1:0", "--data", "server", .. more]);
        process.BeginErrorReadLine();
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
        }
        while (line is not null && !line.StartsWith("not REDCap", StringComparison.Ordinal));
        address = line?[(line.IndexOf("http", StringComparison.Ordinal))..] ?? throw new InvalidOperationException("the server did not start");
        return process;
    }
}
