using System.Security.Cryptography;
using System.Text;

namespace Trigger.Node.Security;

/// <summary>One hash over everything that a run sent and heard, for the audit trail: an answer that is changed later no longer fits it.</summary>
internal static class OutcomeDigest
{
    public static string Of(RunRecords records, string run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var outcome in records.Outcomes(run))
        {
            foreach (var part in new[] { outcome.Device, $"{outcome.Step}", outcome.Command, outcome.Verdict, outcome.FaultKind ?? "", outcome.Output })
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
