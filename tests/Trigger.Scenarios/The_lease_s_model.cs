using System.Diagnostics;

using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

public sealed class The_lease_s_model
{
    [Fact]
    public async Task holds_and_breaks_in_every_way_in_which_it_is_broken()
    {
        Assert.SkipWhen(!IsThere("spin") || !IsThere("gcc"), "The model needs spin and gcc: run ./test.sh, which installs them.");
        using var check = Process.Start(new ProcessStartInfo("/bin/sh", [Path.Combine(Repository.File("src", "decisions"), "lease.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (told, wrong) = (check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(check.ExitCode == 0, await told + await wrong);
        Assert.Equal(10, (await told).Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("as expected", StringComparison.Ordinal)));
    }

    private static bool IsThere(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
