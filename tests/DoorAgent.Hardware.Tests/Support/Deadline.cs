namespace DoorAgent.Hardware.Tests.Support;

/// <summary>What a test waits for comes at once or never: under a defect the test fails instead of hanging.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="TimeoutException">Two minutes have passed.</exception>
    public static Task InTimeAsync(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <exception cref="TimeoutException">Two minutes have passed.</exception>
    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <exception cref="TimeoutException">Two minutes have passed.</exception>
    public static Task<T> InTimeAsync<T>(this ValueTask<T> task) => task.AsTask().InTimeAsync();
}
