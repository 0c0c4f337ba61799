namespace Trigger.Acl.Deciding;

public enum Verdict
{
    Permit,
    Deny,

    /// <summary>Some packets of the flow pass and some do not.</summary>
    Mixed,

    /// <summary>It depends on a condition the model does not understand.</summary>
    Unknown,

    /// <summary>The question was too large for its budget.</summary>
    Undecided,

    /// <summary>The filter does not see packets of this family.</summary>
    NotApplicable,
}
