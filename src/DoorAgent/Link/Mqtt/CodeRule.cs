using System.Security.Cryptography;
using OtpNet;

namespace DoorAgent.Link.Mqtt;

/// <summary>What became of a code.</summary>
internal enum CodeAnswer
{
    /// <summary>The code is right, and used now.</summary>
    Right,

    /// <summary>The code is wrong.</summary>
    Wrong,

    /// <summary>The code is wrong, and was the last one before a pause.</summary>
    WrongAndClosed,

    /// <summary>The code was right, but it, or a later one, was used before.</summary>
    Used,

    /// <summary>The text is not six digits.</summary>
    NotACode,

    /// <summary>No code counts during the pause.</summary>
    Closed,

    /// <summary>The door does not know the time, on which the codes depend.</summary>
    ClockNotSet,
}

/// <summary>
/// Judges codes of an authenticator app: TOTP (RFC 6238) with SHA-1, 30 s and 6 digits, as every app knows it. A code counts in its own
/// step and the ones beside it, once; after five wrong codes none counts for 15 minutes. Pure.
/// </summary>
/// <param name="secret">The secret, <see cref="SecretBytes"/> long.</param>
/// <param name="notBefore">The clock was never set while it shows an earlier time: the day of the build.</param>
internal sealed class CodeRule(byte[] secret, DateTimeOffset notBefore)
{
    /// <summary>Length of a secret: that of SHA-1, as RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    public const int Digits = 6;

    public const int StepSeconds = 30;

    /// <summary>How many wrong codes close the door's ear.</summary>
    public const int MostWrong = 5;

    /// <summary>How long no code counts after too many wrong ones.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>The state before the first code of this secret.</summary>
    public CodeState Initial { get; } =
        new(Convert.ToHexStringLower(SHA256.HashData(secret))[..16], LastStep: 0, Wrong: 0, ClosedUntil: null);

    /// <summary>Judges a code. The returned state must be stored before anything is done with the answer.</summary>
    /// <param name="state">The state; one of another secret counts as <see cref="Initial"/>.</param>
    /// <param name="code">The text that arrived.</param>
    /// <param name="now">The wall time.</param>
    public (CodeState State, CodeAnswer Answer) Judge(CodeState state, string code, DateTimeOffset now)
    {
        if (state.Secret != Initial.Secret)
            state = Initial;
        if (now < notBefore)
            return (state, CodeAnswer.ClockNotSet);
        if (now < state.ClosedUntil)
            return (state, CodeAnswer.Closed);
        state = state with { ClosedUntil = null };
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
            return (state, CodeAnswer.NotACode);
        if (new Totp(secret, StepSeconds, OtpHashMode.Sha1, Digits).VerifyTotp(now.UtcDateTime, code, out long step, Window))
        {
            return step > state.LastStep ? (state with { LastStep = step, Wrong = 0 }, CodeAnswer.Right) : (state, CodeAnswer.Used);
        }

        return state.Wrong + 1 < MostWrong ? (state with { Wrong = state.Wrong + 1 }, CodeAnswer.Wrong)
            : (state with { Wrong = 0, ClosedUntil = now + Pause }, CodeAnswer.WrongAndClosed);
    }
}
