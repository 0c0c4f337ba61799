using System.Text;
using Trigger.Cli.Output;

namespace Trigger.Tests.Cli;

/// <summary>Programs read these lines: a field may be added, and none may change its name or meaning.</summary>
public sealed class A_result_line
{
    [Fact]
    public void of_an_accepted_step_reads_so() => Assert.Equal(
        """{"run":"20260101-0000-abcd","device":"r1","platform":"cisco_ios","step":0,"command":"show clock","ok":true,"verdict":"accepted","output":"12:00\n","fault":null,"elapsed_ms":1.234}""" + "\n",
        Text(Results.Of()));

    [Fact]
    public void of_a_refused_step_reads_so() => Assert.Equal(
        """{"run":"20260101-0000-abcd","device":"r1","platform":"cisco_ios","step":2,"command":"show \"x\" < y","ok":false,"verdict":"refused","output":"","fault":{"kind":"device_error","text":"Größe"},"elapsed_ms":1.234}""" + "\n",
        Text(Results.Of(command: "show \"x\" < y", output: "", step: 2) with { Verdict = "refused", FaultKind = "device_error", FaultText = "Größe" }));

    [Theory]
    [InlineData("a\nb\r\n\u2028c\u0085d")]
    [InlineData("\u001b[31m\0")]
    public void is_one_line_whatever_the_device_said(string output) => Assert.Equal(Text(Results.Of(output: output)).Length - 1, Text(Results.Of(output: output)).IndexOf('\n'));

    private static string Text(ResultLine line)
    {
        using var stream = new MemoryStream();
        using (var json = new ResultJson(stream))
            json.Write(line);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
