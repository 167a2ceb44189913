"""Les questions posées au public, et la situation qu’elles décrivent."""
