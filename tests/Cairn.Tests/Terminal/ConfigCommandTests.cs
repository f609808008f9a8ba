using Xunit;

namespace Cairn.Tests.Terminal;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly CommandLine _cairn = new();

    public void Dispose() => _cairn.Dispose();

    private (string Value, string Origin) Setting(string name)
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("config", "--json"));
        var setting = _cairn.OutAsJson().GetProperty("settings").GetProperty(name);
        return (setting.GetProperty("value").GetString()!, setting.GetProperty("origin").GetString()!);
    }

    [Fact]
    public void The_first_layer_that_says_a_setting_decides()
    {
        Assert.Equal(("25%", "built-in"), Setting("memory"));
        _cairn.Write(".config/cairn/config.yaml", "# mine\nmemory: 1GB\n");
        Assert.Equal(("1GB", ".config/cairn/config.yaml:2"), Setting("memory"));
        _cairn.Write("cairn.yaml", "project: herbarium\n\nmemory: 2GB\n");
        Assert.Equal(("2GB", "cairn.yaml:3"), Setting("memory"));
        _cairn.Write("cairn.local.yaml", "memory: 3GB\n");
        Assert.Equal(("3GB", "cairn.local.yaml:1"), Setting("memory"));
        _cairn.Environment["CAIRN_MEMORY"] = "4GB";
        Assert.Equal(("4GB", "CAIRN_MEMORY"), Setting("memory"));
        Assert.Equal(("herbarium", "cairn.yaml:1"), Setting("project"));
    }

    [Fact]
    public void The_users_own_folder_may_be_named_by_the_environment()
    {
        _cairn.Write("mine/cairn/config.yaml", "keep: all\n");
        _cairn.Environment["XDG_CONFIG_HOME"] = Path.Combine(_cairn.Folder, "mine");
        Assert.Equal(("all", "mine/cairn/config.yaml:1"), Setting("keep"));
    }

    [Fact]
    public void A_path_starts_where_it_was_said()
    {
        _cairn.Write("work/cairn.yaml", "store: ../runs\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("config", "--json", "--project", "work"));
        Assert.Equal(Path.Combine(_cairn.Folder, "runs"), _cairn.OutAsJson().GetProperty("settings").GetProperty("store").GetProperty("value").GetString());
        _cairn.Environment["CAIRN_STORE"] = "elsewhere";
        Assert.Equal(ExitCode.Done, _cairn.Run("config", "--json", "--project", "work"));
        Assert.Equal(Path.Combine(_cairn.Folder, "elsewhere"), _cairn.OutAsJson().GetProperty("settings").GetProperty("store").GetProperty("value").GetString());
    }

    [Fact]
    public void Origin_shows_each_value_with_its_place_and_where_was_looked()
    {
        _cairn.Write("cairn.yaml", "project: herbarium\nmemory: 2GB\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("config", "--origin"));
        Assert.Equal(
            """
            setting  value      from
            project  herbarium  cairn.yaml:1
            store    .cairn     built-in
            memory   2GB        cairn.yaml:2
            temp     -          built-in
            keep     runs       built-in
            color    auto       built-in

            looked in, the first that says it decides:
              options of the command   (not there)
              environment (CAIRN_...)   (not there)
              cairn.local.yaml   (not there)
              cairn.yaml
              .config/cairn/config.yaml   (not there)
              built-in

            """,
            _cairn.Out);
    }

    [Fact]
    public void An_unknown_setting_is_an_error_with_what_was_meant()
    {
        _cairn.Write("cairn.yaml", "project: x\nmemroy: 2GB\n");
        Assert.Equal(ExitCode.Usage, _cairn.Run("config"));
        Assert.Contains("a project file has no setting `memroy`", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("^^^^^^ did you mean `memory`?", _cairn.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CAIRN_MEMORY", "lots", "`memory` is a size such as 2GB or a share such as 25%; `lots` is not, in CAIRN_MEMORY")]
    [InlineData("CAIRN_MEMORY", "1MB", "`memory` is a size such as 2GB or a share such as 25%; `1MB` is not, in CAIRN_MEMORY")]
    [InlineData("CAIRN_KEEP", "everything", "`keep` is runs, inputs, outputs or all; `everything` is not, in CAIRN_KEEP")]
    [InlineData("CAIRN_COLOR", "blue", "`color` is auto, always or never; `blue` is not, in CAIRN_COLOR")]
    public void A_wrong_value_is_refused_where_it_stands(string variable, string value, string message)
    {
        _cairn.Environment[variable] = value;
        Assert.Equal(ExitCode.Usage, _cairn.Run("config"));
        Assert.Contains(message, _cairn.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2GB", 2_000_000_000L)]
    [InlineData("1.5 gb", 1_500_000_000L)]
    [InlineData("25%", 4_000_000_000L)]
    [InlineData("100%", 16_000_000_000L)]
    [InlineData("110%", null)]
    [InlineData("0%", null)]
    [InlineData("-2GB", null)]
    [InlineData("", null)]
    public void Memory_is_a_size_or_a_share(string text, long? bytes) => Assert.Equal(bytes, Configuration.MemorySize.Bytes(text, 16_000_000_000));
}
