namespace EtlWarehouse.Loading.Transforms;

/// <summary>A transform or one of its checks failed and everything it did was taken back.</summary>
public sealed class TransformException : Exception
{
    public TransformException(string message)
        : base(message)
    {
    }

    public TransformException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TransformException()
    {
    }
}
