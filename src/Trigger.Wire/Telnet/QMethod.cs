namespace Trigger.Wire.Telnet;

/// <summary>
/// RFC 1143 §7 as a table: where one option of one side stands, what happens, where it stands then and what is said. It is written from the side that hears
/// WILL and says DO; the other side hears DO and says WILL, and is otherwise the same.
/// </summary>
internal static class QMethod
{
    internal enum State : byte
    {
        No,

        /// <summary>We said DONT and wait for WONT.</summary>
        WantNo,

        /// <summary>The same, and meanwhile we want it after all.</summary>
        WantNoThenYes,

        Yes,

        /// <summary>We said DO and wait for WILL or WONT.</summary>
        WantYes,

        /// <summary>The same, and meanwhile we do not want it any more.</summary>
        WantYesThenNo,
    }

    internal enum Happening : byte
    {
        /// <summary>WILL, and we would have it.</summary>
        OfferedWelcome,

        /// <summary>WILL, and we would not have it.</summary>
        OfferedUnwelcome,

        /// <summary>WONT.</summary>
        Denied,

        /// <summary>Our own side asks for it.</summary>
        Enable,

        /// <summary>Our own side asks for its end.</summary>
        Disable,
    }

    internal enum Word : byte
    {
        Nothing,
        Agree,
        Refuse,
    }

    internal readonly record struct Step(State Next, Word Say);

    // Rows are states, columns happenings, both in the order of their enumerations.
    private static readonly Step[] Table =
    [
        // No
        new(State.Yes, Word.Agree), new(State.No, Word.Refuse), new(State.No, Word.Nothing), new(State.WantYes, Word.Agree), new(State.No, Word.Nothing),

        // WantNo; a WILL here is the far end's mistake, which RFC 1143 takes for the WONT that was due.
        new(State.No, Word.Nothing), new(State.No, Word.Nothing), new(State.No, Word.Nothing), new(State.WantNoThenYes, Word.Nothing), new(State.WantNo, Word.Nothing),

        // WantNoThenYes
        new(State.Yes, Word.Nothing), new(State.Yes, Word.Nothing), new(State.WantYes, Word.Agree), new(State.WantNoThenYes, Word.Nothing), new(State.WantNo, Word.Nothing),

        // Yes
        new(State.Yes, Word.Nothing), new(State.Yes, Word.Nothing), new(State.No, Word.Refuse), new(State.Yes, Word.Nothing), new(State.WantNo, Word.Refuse),

        // WantYes
        new(State.Yes, Word.Nothing), new(State.Yes, Word.Nothing), new(State.No, Word.Nothing), new(State.WantYes, Word.Nothing), new(State.WantYesThenNo, Word.Nothing),

        // WantYesThenNo
        new(State.WantNo, Word.Refuse), new(State.WantNo, Word.Refuse), new(State.No, Word.Nothing), new(State.WantYes, Word.Nothing), new(State.WantYesThenNo, Word.Nothing),
    ];

    internal static Step Take(State state, Happening happening) => Table[((int)state * 5) + (int)happening];
}
