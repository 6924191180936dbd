using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Storage;

public sealed class DataLockTests
{
    [Fact]
    public void OneProcessHoldsTheLockAndTheNextIsToldWhich()
    {
        using TempFolder folder = new();
        string data = folder.File("data");
        using (DataLock.Acquire(data))
        {
            UserErrorException refused = Assert.Throws<UserErrorException>(() => DataLock.Acquire(data));
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
            Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        }

        DataLock.Acquire(data).Dispose();
    }
}
