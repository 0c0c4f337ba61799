using System.Text;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Every desk looks for its secrets in all that was written and said when its test is over; these tests say secrets in places where they might slip out.</summary>
public sealed class Secrets(Lab lab)
{
    private const string Wrong = "S3cret-zebra-4711";

    [Fact]
    public async Task of_a_row_a_file_and_the_environment_are_nowhere_to_be_found()
    {
        await using var desk = lab.Desk(Wrong, "S3cret-lynx-4712", "S3cret-ibex-4713");
        var router = lab.Take(1)[0];
        var rows = desk.Write("rows.csv", $"""
            nodeName,platform,address,port,protocol,loginPW,enablePW
            wrong-login,frr_vty,127.30.0.{router},2616,telnet,S3cret-lynx-4712,x
            wrong-enable,frr_vty,127.30.0.{router},2616,telnet,vtypass,S3cret-ibex-4713
            unix,linux,127.0.0.1,{Lab.Ssh},ssh,,
            telnet,linux,127.0.0.1,{Lab.Telnet},telnet,,
            """);
        var file = desk.Write("credentials.conf", $"username = {Lab.Shell}\npassword = \"{Wrong}\"\n");

        var ran = (await desk.Start(["run", "--on", "all", "--json", "--inventory", rows, "--state", desk.State, "--known-hosts", desk.KnownHosts, "--accept-new", "--credentials", file,
            "--out", desk.File("state/answers"), "--parallel", "1", "id"]).End()).Exits(1);

        Assert.Equal(["enable_refused", "login_refused", "login_refused", "login_refused"], ran.Outcomes.Select(o => o.Kind).Order());
        await desk.Job("list");
        await desk.Job("show", ran.Outcomes[0].Run);
        await desk.Job("results", ran.Outcomes[0].Run);
    }

    [Fact]
    public async Task in_a_broken_credentials_file_are_not_quoted()
    {
        await using var desk = lab.Desk(Wrong).Server();
        var broken = desk.Write("broken.conf", $"username = {{\npassword = \"{Wrong}\n");
        var unknown = desk.Write("unknown.conf", $"pasword = \"{Wrong}\"\n");
        var mistyped = desk.Write("mistyped.conf", $"username = x\npassword = [\"{Wrong}\"]\nagent = {Wrong}\n");

        foreach (var file in new[] { broken, unknown, mistyped })
            Assert.Contains(file, (await desk.Run("--credentials", file, "id")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task are_not_among_the_arguments_that_everybody_on_the_machine_can_see()
    {
        await using var desk = lab.Desk().Server();
        var (begins, ends) = (await desk.Pipe("begins"), await desk.Pipe("ends"));
        var running = desk.Begin($"echo begun > {begins}; cat {ends}");
        await Tool.Run("head", "-n", "1", begins);

        var arguments = await File.ReadAllTextAsync($"/proc/{running.Id}/cmdline", Encoding.UTF8, TestContext.Current.CancellationToken);
        await Tool.Run("/bin/bash", "-c", $"echo done > '{ends}'");

        Assert.Contains("--json", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.Password, arguments, StringComparison.Ordinal);
        (await running.End()).Exits(0);
    }
}
