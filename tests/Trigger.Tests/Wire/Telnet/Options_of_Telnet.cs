using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trigger.Wire.Telnet;

namespace Trigger.Tests.Wire;

public sealed class Options_of_Telnet
{
    private const byte Iac = 255, Will = 251, Wont = 252, Do = 253, Dont = 254, Sb = 250, Se = 240;

    private static readonly TelnetDial Usual = new() { Host = "r1", Port = 23, Limits = SshLab.Limits };

    /// <summary>RFC 1143 in its own words, as a program and not as a table.</summary>
    private sealed class Model
    {
        private string state = "NO";
        private bool opposite;

        public bool IsOn => state == "YES";

        public string Will(bool agree)
        {
            switch (state)
            {
                case "NO" when agree:
                    state = "YES";
                    return "DO";
                case "NO":
                    return "DONT";
                case "WANTNO":
                    state = opposite ? "YES" : "NO";
                    opposite = false;
                    return "";
                case "WANTYES" when opposite:
                    (state, opposite) = ("WANTNO", false);
                    return "DONT";
                case "WANTYES":
                    state = "YES";
                    return "";
                default:
                    return "";
            }
        }

        public string Wont()
        {
            switch (state)
            {
                case "YES":
                    state = "NO";
                    return "DONT";
                case "WANTNO" when opposite:
                    (state, opposite) = ("WANTYES", false);
                    return "DO";
                case "WANTNO" or "WANTYES":
                    (state, opposite) = ("NO", false);
                    return "";
                default:
                    return "";
            }
        }

        public string Enable()
        {
            switch (state)
            {
                case "NO":
                    state = "WANTYES";
                    return "DO";
                case "WANTNO":
                    opposite = true;
                    return "";
                case "WANTYES":
                    opposite = false;
                    return "";
                default:
                    return "";
            }
        }

        public string Disable()
        {
            switch (state)
            {
                case "YES":
                    state = "WANTNO";
                    return "DONT";
                case "WANTNO":
                    opposite = false;
                    return "";
                case "WANTYES":
                    opposite = true;
                    return "";
                default:
                    return "";
            }
        }
    }

    [Fact]
    public void stand_and_answer_as_RFC_1143_says()
    {
        Prop.ForAll(Gen.Choose(0, 4).ArrayOf().ToArbitrary(), happenings =>
        {
            var welcome = false;
            var model = new Model();
            var options = new TelnetOptions(Do, Dont, _ => welcome);
            foreach (var happening in happenings)
            {
                welcome = happening == 0;
                var (expected, said) = happening switch
                {
                    0 or 1 => (model.Will(welcome), options.Heard(7, positive: true)),
                    2 => (model.Wont(), options.Heard(7, positive: false)),
                    3 => (model.Enable(), options.Ask(7, enable: true)),
                    _ => (model.Disable(), options.Ask(7, enable: false)),
                };
                var word = said switch { Do => "DO", Dont => "DONT", _ => "" };

                // A third refusal is the last one: the model knows no peer that asks for ever.
                if (word != expected && !(happening == 1 && expected == "DONT" && word.Length == 0))
                    return false;

                if (model.IsOn != options.IsOn(7))
                    return false;

                options.DataCame();
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void cannot_be_drawn_into_a_loop_by_any_peer()
    {
        // A peer is any function from what it heard to what it says: here a table of sixteen answers, looked up by a running sum of our words.
        var words = Gen.Elements(Will, Wont, Do, Dont).Zip(Gen.Elements<byte>(0, 1, 3, 5, 24, 31, 36, 39)).Select(pair => new[] { Iac, pair.Item1, pair.Item2 });
        var answers = words.ArrayOf(16);

        Prop.ForAll(answers.ToArbitrary(), table =>
        {
            var protocol = new TelnetProtocol(Usual with { Offer = [TelnetOption.WindowSize], Ask = [TelnetOption.Echo] });
            var reply = new ArrayBufferWriter<byte>();
            protocol.Begin(reply);
            var (turns, sum) = (0, 0);
            var data = new ArrayBufferWriter<byte>();
            while (reply.WrittenCount > 0)
            {
                if (++turns > 2 * 256 * (TelnetOptions.MostTurns + TelnetOptions.MostRefusals))
                    return false;

                foreach (var value in reply.WrittenSpan)
                    sum += value;
                reply.ResetWrittenCount();
                protocol.Receive(table[sum % table.Length], data, reply);
            }

            return data.WrittenCount == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void tell_the_terminal_s_names_in_turn_the_last_one_twice_and_then_again()
    {
        var protocol = new TelnetProtocol(Usual with { TerminalType = "xterm-256color", FurtherTerminalTypes = ["vt220", "vt100"] });
        Feed(protocol, Iac, Do, 24);
        string[] told = [.. Enumerable.Range(0, 6).Select(_ => Encoding.ASCII.GetString(Feed(protocol, Iac, Sb, 24, 1, Iac, Se).AsSpan()[4..^2]))];
        Assert.Equal(["xterm-256color", "vt220", "vt100", "vt100", "xterm-256color", "vt220"], told);
    }

    [Fact]
    public void refuse_what_is_not_for_us()
    {
        var protocol = new TelnetProtocol(Usual);
        foreach (byte option in new byte[] { 0, 1, 32, 33, 34, 35, 36, 37, 38, 39, 200 })
            Assert.Equal([Iac, Wont, option], Feed(protocol, Iac, Do, option));
        foreach (byte option in new byte[] { 5, 24, 25, 31, 34, 38, 200 })
            Assert.Equal([Iac, Dont, option], Feed(protocol, Iac, Will, option));
    }

    [Fact]
    public void tell_the_new_size_of_the_window_only_to_who_wants_to_know()
    {
        var protocol = new TelnetProtocol(Usual with { Columns = 80, Rows = 24 });
        Assert.Null(protocol.Resize(100, 30));
        Assert.Equal([Iac, Will, 31, Iac, Sb, 31, 0, 100, 0, 30, Iac, Se], Feed(protocol, Iac, Do, 31));
        Assert.Equal([Iac, Sb, 31, 1, Iac, Iac, 0, 50, Iac, Se], protocol.Resize(511, 50));
        Feed(protocol, Iac, Dont, 31);
        Assert.Null(protocol.Resize(90, 20));
    }

    [Fact]
    public void send_binary_only_for_who_wants_that()
    {
        var protocol = new TelnetProtocol(Usual with { Binary = true });
        Assert.Equal([Iac, Will, 0], Feed(protocol, Iac, Do, 0));
        Assert.True(protocol.SendsBinary);
        Assert.Equal("a\r"u8.ToArray(), TelnetText.Encode("a\r"u8, binary: true));
    }

    [Theory]
    [InlineData("\r", "\r\0")]
    [InlineData("a\rb", "a\r\0b")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("a\r\0", "a\r\0")]
    [InlineData("\r\r\n\r", "\r\0\r\n\r\0")]
    [InlineData("a\nb", "a\nb")]
    public void let_no_return_go_out_alone(string typed, string sent) => Assert.Equal(Encoding.ASCII.GetBytes(sent), TelnetText.Encode(Encoding.ASCII.GetBytes(typed)));

    [Fact]
    public void tell_only_the_variables_that_the_caller_allows()
    {
        var protocol = new TelnetProtocol(Usual with { Environment = new Dictionary<string, string> { ["USER"] = "bob", ["LANG"] = "C\u0001" } });
        Assert.Equal([Iac, Will, 39], Feed(protocol, Iac, Do, 39));
        Assert.Equal([Iac, Sb, 39, 0, 0, .. "USER"u8, 1, .. "bob"u8, 3, .. "LANG"u8, 1, .. "C"u8, 2, 1, Iac, Se], Feed(protocol, Iac, Sb, 39, 1, Iac, Se));
        Assert.Equal([Iac, Sb, 39, 0, 0, .. "USER"u8, 1, .. "bob"u8, 3, .. "PASSWORD"u8, Iac, Se], Feed(protocol, [Iac, Sb, 39, 1, 0, .. "USER"u8, 3, .. "PASSWORD"u8, 0, .. "USER"u8, Iac, Se]));
        Assert.Equal([Iac, Sb, 39, 0, 3, .. "LANG"u8, 1, .. "C"u8, 2, 1, Iac, Se], Feed(protocol, Iac, Sb, 39, 1, 3, Iac, Se));
    }

    [Fact]
    public void tell_their_status()
    {
        var protocol = new TelnetProtocol(Usual);
        Feed(protocol, Iac, Will, 1, Iac, Will, 3, Iac, Do, 31);
        Assert.Equal([Iac, Will, 5], Feed(protocol, Iac, Do, 5));
        Assert.Equal([Iac, Sb, 5, 0, Will, 5, Will, 31, Do, 1, Do, 3, Iac, Se], Feed(protocol, Iac, Sb, 5, 1, Iac, Se));
    }

    [Fact]
    public void answer_every_timing_mark_and_every_are_you_there()
    {
        var protocol = new TelnetProtocol(Usual);
        for (var round = 0; round < 100; round++)
        {
            Assert.Equal([Iac, Will, 6], Feed(protocol, Iac, Do, 6));
            Assert.Equal([Iac, 241], Feed(protocol, Iac, 246));
        }
    }

    [Fact]
    public void may_be_decided_by_the_caller_and_are_answered_all_the_same()
    {
        var asked = new List<string>();
        var dial = Usual with
        {
            TerminalType = "mypython",
            Decide = request =>
            {
                asked.Add(request.ToString());
                return request is { Verb: TelnetVerb.Do, Option: TelnetOption.TerminalType } ? TelnetVerdict.Agree : TelnetVerdict.Refuse;
            },
        };
        var protocol = new TelnetProtocol(dial);
        Assert.Equal([Iac, Dont, 1, Iac, Wont, 31, Iac, Will, 24], Feed(protocol, Iac, Will, 1, Iac, Do, 31, Iac, Do, 24));
        Assert.Equal(["WILL ECHO", "DO NAWS", "DO TERMINAL-TYPE"], asked);
    }

    [Fact]
    public void let_the_caller_speak_for_an_option_of_its_own()
    {
        var protocol = new TelnetProtocol(Usual with
        {
            Decide = request => (byte)request.Option == 201 ? TelnetVerdict.Agree : TelnetVerdict.AsUsual,
            Subnegotiated = (option, said) => (byte)option == 201 ? new byte[] { said.Span[0], Iac } : (ReadOnlyMemory<byte>?)null,
        });
        Assert.Equal([Iac, Will, 201], Feed(protocol, Iac, Do, 201));
        Assert.Equal([Iac, Sb, 201, 9, Iac, Iac, Iac, Se], Feed(protocol, Iac, Sb, 201, 9, Iac, Se));
    }

    [Fact]
    public void ignore_a_subnegotiation_that_was_too_long_to_keep()
    {
        var protocol = new TelnetProtocol(Usual);
        Feed(protocol, Iac, Do, 24);
        Assert.Empty(Feed(protocol, [Iac, Sb, 24, 1, .. new byte[TelnetProtocol.LongestSubnegotiation], Iac, Se]));
        Assert.NotEmpty(Feed(protocol, Iac, Sb, 24, 1, Iac, Se));
    }

    private static byte[] Feed(TelnetProtocol protocol, params byte[] stream)
    {
        var reply = new ArrayBufferWriter<byte>();
        protocol.Receive(stream, new ArrayBufferWriter<byte>(), reply);
        return reply.WrittenSpan.ToArray();
    }
}
