using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Trigger.Hocon;
using Trigger.Hocon.Extensions.Configuration;

namespace Trigger.Tests.Hocon;

public sealed class A_configuration_source : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void shows_objects_and_lists_under_flat_keys()
    {
        var config = new ConfigurationBuilder().AddHocon(Config.Parse("a.b = 1, l = [x, { y = ${a.b} }], n = null", "x.conf")).Build();

        Assert.Equal(["1", "x", "1", null], new[] { "a:b", "l:0", "L:1:Y", "n" }.Select(key => config[key]));
    }

    [Fact]
    public void says_at_once_what_is_wrong_with_its_file()
    {
        Write("x.conf", "a = *");
        Assert.Contains("x.conf:1:5", Assert.Throws<ConfigException>(() => Build("x.conf", reload: false)).Message, StringComparison.Ordinal);
        Assert.Throws<ConfigException>(() => Build("none.conf", reload: false));
        Assert.Empty(new ConfigurationBuilder().AddHoconFile(Path.Combine(folder, "none.conf"), optional: true).Build().AsEnumerable());
    }

    [Fact]
    public async Task reads_again_when_an_included_file_changes()
    {
        Write("x.conf", "include \"y.conf\"");
        Write("y.conf", "a = 1");
        using var config = Build("x.conf", reload: true);
        Assert.Equal("1", config["a"]);

        await Until(config, () => config["a"] == "2", () => Write("y.conf", "a = 2"));
    }

    [Fact]
    public async Task keeps_what_was_good_while_a_change_cannot_be_read()
    {
        Write("x.conf", "a = 1");
        var failed = new TaskCompletionSource<ConfigException>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var config = Build("x.conf", reload: true, failed);

        Write("x.conf", "a = { b = 1");

        Assert.Contains("x.conf:1:5: the { that opens here is never closed", (await failed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Equal("1", config["a"]);
        await Until(config, () => config["a:b"] == "2", () => Write("x.conf", "a = { b = 2 }"));
    }

    // A reload may come more than once, so the one waited for is the one that shows the value.
    private static async Task Until(IConfigurationRoot config, Func<bool> holds, Action act)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = ChangeToken.OnChange(config.GetReloadToken, () =>
        {
            if (holds())
                held.TrySetResult();
        });
        act();
        await held.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private ConfigurationRoot Build(string name, bool reload, TaskCompletionSource<ConfigException>? failed = null) =>
        (ConfigurationRoot)new ConfigurationBuilder().AddHoconFile(Path.Combine(folder, name), reloadOnChange: reload, reloadFailed: mistake => failed?.TrySetResult(mistake)).Build();

    // Whole or not at all, as editors do it.
    private void Write(string name, string text)
    {
        var draft = Path.Combine(folder, name + ".draft");
        File.WriteAllText(draft, text);
        File.Move(draft, Path.Combine(folder, name), overwrite: true);
    }
}
