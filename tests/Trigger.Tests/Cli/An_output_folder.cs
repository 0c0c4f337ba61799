using Trigger.Cli.Output;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Cli;

public sealed class An_output_folder : IDisposable
{
    private readonly TemporaryFolder around = new();
    private readonly string inside;
    private readonly OutputFolder folder;

    public An_output_folder()
    {
        inside = Path.Combine(around.Path, "out");
        folder = new OutputFolder(inside);
    }

    public void Dispose() => around.Dispose();

    [Fact]
    public void has_a_file_for_every_answer()
    {
        folder.Write(Results.Of());
        folder.Write(Results.Of(command: "show ip route | include 10.0.0.0/8", step: 9));

        Assert.Equal(["r1/01-show-clock.txt", "r1/10-show-ip-route---include-10.0.0.0-8.txt"], Files());
        Assert.Equal("12:00\n", File.ReadAllText(Path.Combine(inside, "r1", "01-show-clock.txt")));
    }

    [Fact]
    public void says_first_why_there_is_no_better_answer()
    {
        folder.Write(Results.Of() with { Verdict = "refused", FaultKind = "device_error", FaultText = "no" });

        Assert.Equal("! device_error: no\n12:00\n", File.ReadAllText(Path.Combine(inside, "r1", "01-show-clock.txt")));
    }

    [Fact]
    public void writes_an_answer_over_an_older_one()
    {
        folder.Write(Results.Of(output: "a longer answer"));
        folder.Write(Results.Of(output: "short"));

        Assert.Equal("short", File.ReadAllText(Path.Combine(inside, Assert.Single(Files()))));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\..\\x")]
    [InlineData("...")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a/../../../b")]
    public void cannot_be_climbed_out_of(string name)
    {
        folder.Write(Results.Of(device: name));
        folder.Write(Results.Of(command: name));

        Assert.Equal(["out"], Directory.EnumerateFileSystemEntries(around.Path).Select(path => Path.GetFileName(path)!));
        Assert.All(Files(), file => Assert.Equal(1, file.Count(c => c == '/')));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void has_no_name_too_long_for_a_file_system()
    {
        folder.Write(Results.Of(device: new string('d', 5000), command: new string('c', 5000)));

        Assert.True(Path.GetFileName(Assert.Single(Files())).Length <= 100);
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(inside, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(inside, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
