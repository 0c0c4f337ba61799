using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class An_edit_plan
{
    [Theory]
    [InlineData(Dialect.Ios, "ip access-list extended E", "", "15 deny tcp any any eq 23", "no 20")]
    [InlineData(Dialect.NxOs, "ip access-list E", "", "15 deny tcp any any eq 23", "no 20")]
    [InlineData(Dialect.Dell, "ip access-list extended E", "seq ", "seq 15 deny tcp any any eq 23", "no seq 20")]
    [InlineData(Dialect.Ios, "ipv6 access-list E", "sequence ", "sequence 15 deny tcp any any eq 23", "no sequence 20")]
    public void is_written_as_the_device_numbers_lines(Dialect dialect, string head, string word, string inserted, string removed)
    {
        var running = Read(dialect, $"{head}\n {word}10 permit tcp any any eq 22\n {word}20 permit udp any any\n {word}30 permit tcp any any\n");
        var target = Read(dialect, $"{head}\n {word}10 permit tcp any any eq 22\n {word}15 deny tcp any any eq 23\n {word}30 permit tcp any any\n");
        var plan = EditPlanner.Plan(running, target);

        Assert.True(plan.Safe, plan.Problem);
        Assert.Contains(removed, plan.Steps.Select(step => step.Command));
        Assert.Contains(plan.Steps, step => step.Command.EndsWith(inserted[inserted.IndexOf("deny", StringComparison.Ordinal)..], StringComparison.Ordinal) && step.Command.StartsWith(word, StringComparison.Ordinal));
    }

    [Fact]
    public void takes_a_number_behind_an_IPv6_line_for_its_number()
    {
        var running = Read(Dialect.Ios, "ipv6 access-list E\n permit tcp any any eq 22 sequence 10\n permit tcp any any sequence 20\n");
        var target = Read(Dialect.Ios, "ipv6 access-list E\n permit tcp any any eq 22 sequence 10\n deny tcp any any eq 23 sequence 15\n permit tcp any any sequence 40\n");
        var plan = EditPlanner.Plan(running, target);

        Assert.True(plan.Safe, plan.Problem);
        Assert.Equal("sequence 15 deny tcp any any eq 23", Assert.Single(plan.Steps).Command);
    }

    [Fact]
    public void is_found_behind_lines_that_deny()
    {
        var running = Read(Dialect.Ios, "ip access-list extended E\n 10 deny tcp host 9.9.9.9 any\n 20 permit tcp any host 10.1.1.1 eq 80\n");
        var target = Read(Dialect.Ios, "ip access-list extended E\n 10 deny tcp host 9.9.9.9 any\n 20 permit tcp any 10.1.1.0 0.0.0.3 eq 80\n");
        var plan = EditPlanner.Plan(running, target);

        Assert.True(plan.Safe, plan.Problem);
        Assert.Equal(2, plan.Steps.Count);
    }

    [Fact]
    public void is_none_where_only_the_groups_differ()
    {
        const string list = "ip access-list extended E\n 10 permit tcp object-group G any\n";
        var plan = EditPlanner.Plan(Read(Dialect.Ios, "object-group network G\n host 10.1.1.1\n" + list), Read(Dialect.Ios, "object-group network G\n host 10.1.1.2\n" + list));

        Assert.False(plan.Safe);
        Assert.Contains("groups", plan.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" permit tcp any any eq 22\n permit udp any any\n", "ip access-list resequence E 10 10")]
    [InlineData(" 10 permit tcp any any eq 22\n 40 permit udp any any\n", "ip access-list extended E")]
    public void numbers_the_lines_anew_where_the_text_does_not_say_their_numbers(string lines, string first)
    {
        var plan = EditPlanner.Plan(Read(Dialect.Ios, "ip access-list extended E\n" + lines), Read(Dialect.Ios, "ip access-list extended E\n permit udp any any\n"));

        Assert.True(plan.Safe, plan.Problem);
        Assert.Equal(first, plan.Commands[0]);
        Assert.Equal(" no 10", plan.Commands[^1]);
    }

    [Theory]
    [InlineData("permit tcp any any time-range T", "may be permitted, by a line that is not understood")]
    [InlineData("permit tcp any any", "is permitted, which neither list permits")]
    [InlineData("deny tcp any any", null)]
    public void tells_what_a_state_between_permits(string between, string? expected)
    {
        var list = Read(Dialect.Ios, "ip access-list extended E\n 10 permit udp any any\n");
        var breach = Safety.Breach(list, list, Read(Dialect.Ios, $"ip access-list extended E\n 10 permit udp any any\n 20 {between}\n"));

        Assert.Equal(expected is null, breach is null);
        Assert.EndsWith(expected ?? "", breach ?? "", StringComparison.Ordinal);
    }

    private static Filter Read(Dialect dialect, string text) => Assert.Single(FilterReader.Read(text, dialect).Filters);
}
