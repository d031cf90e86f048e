"""A bucket on a server that speaks S3 over a socket of the loopback (moto's)."""

import boto3

BUCKET = "lake"
REGION = "us-east-1"
KEYS = {"AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "secret"}


class ObjectStore:
    """The bucket, and what Spark must know to find it."""

    def __init__(self, address):
        self.address = address
        self.s3 = boto3.client(
            "s3",
            endpoint_url=address,
            region_name=REGION,
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )
        self.s3.create_bucket(Bucket=BUCKET)

    def properties(self, beside):
        """A file's Spark properties, and where the bucket is."""
        return (
            f"{beside.read_text(encoding='utf-8')}\n"
            f"spark.hadoop.fs.s3a.endpoint {self.address}\n"
            f"spark.hadoop.fs.s3a.endpoint.region {REGION}\n"
            "spark.hadoop.fs.s3a.path.style.access true\n"
        )

    def put(self, key, content):
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=content)

    def get(self, key):
        return self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()

    def keys(self, prefix):
        listed = self.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix)
        return {entry["Key"] for entry in listed.get("Contents", [])}
