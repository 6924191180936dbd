namespace DoorAgent.Link.Mqtt;

/// <summary>What is remembered of the codes that arrived, over restarts too.</summary>
/// <param name="Secret">Which secret this state belongs to; another secret begins another state.</param>
/// <param name="LastStep">Time step of the last code that was used, in steps of 30 s since 1970; 0 before the first.</param>
/// <param name="Wrong">Wrong codes since the last right one, or since the last pause.</param>
/// <param name="ClosedUntil">End of the pause; null without one.</param>
internal sealed record CodeState(string Secret, long LastStep, int Wrong, DateTimeOffset? ClosedUntil);
