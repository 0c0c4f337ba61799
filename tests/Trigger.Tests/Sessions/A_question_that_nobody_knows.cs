using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Sessions;

public sealed class A_question_that_nobody_knows : SessionSpec
{
    [Theory]
    [InlineData("Overwrite the old image? ")]
    [InlineData("Which slot do you mean [0]? ")]
    [InlineData("Delete it <y/n/all>: ")]
    [InlineData("New password: ")]
    public async Task is_told_after_a_few_seconds_of_silence_and_not_before(string question)
    {
        var device = new ScriptedDevice().Greets("R1#").On("terminal length 0", "terminal length 0\r\nR1#").On("terminal width 511", "terminal width 511\r\nR1#")
            .On("frobnicate", $"frobnicate\r\nLooking around\r\n{question}");
        Dial(device, "cisco_ios", Protocol.Ssh, stopAtError: false, [new Step(0, "frobnicate"), new Step(1, "show clock")]);
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        await Expect<SessionFact.WantsLeave>();
        Session.Tell(new SessionCommand.Proceed(Talk, 0), Caller.Ref);
        await Processed(device, 3);

        Clock.Advance(UnknownQuestion.Silence - TimeSpan.FromTicks(1));
        await Processed(device, 3);
        Assert.False(device.Aborted);
        Clock.Advance(TimeSpan.FromTicks(1));

        var doubt = await Expect<SessionFact.InDoubt>();
        Assert.Equal(new DeviceFault.QuestionAsked("frobnicate", question.Trim()), doubt.Fault);
        Assert.Equal("skipped", (await Expect<SessionFact.Ended>()).Fault!.Kind);
        Assert.Equal("\u0003", device.Typed[^1]);
        Assert.False(device.Aborted);
        Assert.DoesNotContain("show clock", device.Typed);
    }

    [Fact]
    public void looks_like_no_prompt_and_no_pager_of_any_platform() => Assert.All(Platforms.BuiltIn.Ids.Select(Platforms.BuiltIn.Get), platform =>
    {
        foreach (var mode in platform.Modes)
            Assert.True(platform.Modes.Any(known => known.Prompt.IsMatch(Shown(mode))), $"{platform.Id}: {Shown(mode)}");
        Assert.All(platform.Modes.Select(Shown).Where(prompt => !prompt.TrimEnd().EndsWith('?')), prompt => Assert.False(UnknownQuestion.Is(prompt), $"{platform.Id}: {prompt}"));
    });

    [Theory]
    [InlineData("Building configuration...")]
    [InlineData("Writing: ")]
    [InlineData("12:00:")]
    [InlineData("interface Ethernet1 (up)")]
    [InlineData("address fe80::1 [global]")]
    [InlineData("[edit interfaces]")]
    [InlineData("  <rpc-reply>")]
    [InlineData("!!!!?")]
    [InlineData("?")]
    [InlineData(" -- more (q to quit)")]
    public void is_not_what_devices_print_while_they_work(string line) => Assert.False(UnknownQuestion.Is(line));

    private static string Shown(PlatformMode mode) => mode.Shown.Replace("%h", "core-1", StringComparison.Ordinal).Replace("%u", "bob", StringComparison.Ordinal);
}
